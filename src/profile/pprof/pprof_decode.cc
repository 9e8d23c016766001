#include "profile/pprof/pprof_decode.h"

#include <fmt/core.h>

#include <concepts>
#include <optional>
#include <string>
#include <utility>

#include "profile/pprof/id_index.h"
#include "profile/pprof/pprof_count.h"
#include "profile/pprof/pprof_fields.h"
#include "profile/pprof/pprof_reader.h"
#include "profile/pprof/pprof_samples.h"

namespace pmcp::profile {
namespace {

Error TooLarge(std::string what) {
  return {ErrorKind::kTooLarge, std::move(what),
          "Record a shorter time or fewer sample types."};
}

// Reads a message in several passes, because fields may come in any order and
// writers put the samples first and the strings last. Each pass reads the
// fields whose references can be resolved by then. One sample, 7 ns in work
// called by main, as EncodePprof writes it:
//
//   0a 04 08 01 10 02        sample_type {type: 1, unit: 2}
//   12 07                    sample
//     0a 02 02 01              location_id: 2, 1 (packed, leaf first)
//     12 01 07                 value: 7
//   22 08 08 01              location {id: 1,
//     22 04 08 01 10 09        line {function_id: 1, line: 9}}
//   22 08 08 02              location {id: 2,
//     22 04 08 02 10 05        line {function_id: 2, line: 5}}
//   2a 04 08 01 10 03        function {id: 1, name: 3}
//   2a 04 08 02 10 04        function {id: 2, name: 4}
//   32 00  32 03 63 70 75    string_table: "", "cpu",
//   …                        "nanoseconds", "main", "work"
//
// So the order of the passes is: strings; types, mappings and functions;
// locations; samples.
class Decoder {
 public:
  /// `profile` is empty.
  Decoder(std::string_view message, const PprofCounts& counts, Strings strings,
          Profile& profile)
      : message_(message),
        counts_(counts),
        profile_(profile),
        copies_strings_(strings == Strings::kCopied),
        reader_(profile_.strings) {
    profile_.strings.Reserve(counts.strings,
                             copies_strings_ ? counts.string_bytes : 0);
    profile_.sample_types.reserve(counts.sample_types);
    profile_.mappings.reserve(counts.mappings);
    profile_.functions.reserve(counts.functions);
    profile_.locations.reserve(counts.locations);
    profile_.lines.reserve(counts.lines);
  }

  Result<void> Decode();

 private:
  // Calls `read` for each field of a kind.
  template <typename Read>
  void ForEach(pprof_fields::Profile kind, Read read);
  void ReadString(const WireFields& field);
  void ReadHead(const WireFields& field);
  void ReadLocation(const WireFields& field);

  std::uint32_t MappingOf(std::uint64_t id) const;

  void CheckStrings();
  void CheckSampleTypes();
  template <typename Entity>
  IdIndex IndexIds(std::string_view what, const std::vector<Entity>& entities);

  const std::string_view message_;
  const PprofCounts& counts_;
  Profile& profile_;
  const bool copies_strings_;
  std::size_t time_fields_ = 0;
  PprofReader reader_;
  std::optional<IdIndex> mapping_ids_;
  std::optional<IdIndex> function_ids_;
  std::optional<IdIndex> location_ids_;
};

Result<void> Decoder::Decode() {
  using Field = pprof_fields::Profile;
  ForEach(Field::kStringTable, [this](const auto& f) { ReadString(f); });
  CheckStrings();
  if (auto error = reader_.error()) return *std::move(error);

  for (const Field kind : {Field::kSampleType, Field::kMapping,
                           Field::kFunction, PprofCounts::kOtherFields}) {
    ForEach(kind, [this](const auto& f) { ReadHead(f); });
  }
  CheckSampleTypes();
  mapping_ids_ = IndexIds("mapping", profile_.mappings);
  function_ids_ = IndexIds("function", profile_.functions);
  if (auto error = reader_.error()) return *std::move(error);

  ForEach(Field::kLocation, [this](const auto& f) { ReadLocation(f); });
  location_ids_ = IndexIds("location", profile_.locations);
  if (auto error = reader_.error()) return *std::move(error);

  if (auto error = DecodeSamples(message_, counts_, *location_ids_, profile_)) {
    return *std::move(error);
  }
  return {};
}

template <typename Read>
void Decoder::ForEach(pprof_fields::Profile kind, Read read) {
  const auto tag = static_cast<std::uint32_t>(kind);
  const bool is_other = kind == PprofCounts::kOtherFields;
  WireFields field = reader_.Fields(counts_.FieldsOf(kind));
  while (field.Next()) {
    const bool is_wanted =
        is_other ? field.tag() >= counts_.spans.size() : field.tag() == tag;
    if (is_wanted) read(field);
  }
}

void Decoder::ReadString(const WireFields& field) {
  const std::string_view text = reader_.Bytes(field);
  if (copies_strings_) {
    profile_.strings.Append(text);
  } else {
    profile_.strings.AppendView(text);
  }
}

void Decoder::ReadHead(const WireFields& field) {
  using Field = pprof_fields::Profile;
  Profile& p = profile_;
  PprofReader& r = reader_;
  switch (static_cast<Field>(field.tag())) {
    case Field::kSampleType:
      r.ReadValueType(r.Message(field), p.sample_types.emplace_back());
      break;
    case Field::kMapping:
      p.mappings.push_back(r.ReadMapping(r.Message(field)));
      break;
    case Field::kFunction:
      p.functions.push_back(r.ReadFunction(r.Message(field)));
      break;
    case Field::kDropFrames:
      p.drop_frames = r.String(field);
      break;
    case Field::kKeepFrames:
      p.keep_frames = r.String(field);
      break;
    case Field::kTimeNanos:
      ++time_fields_;
      p.time_nanos = r.Signed(field);
      break;
    case Field::kDurationNanos:
      p.duration_nanos = r.Signed(field);
      break;
    case Field::kPeriodType:
      p.has_period_type = true;
      r.ReadValueType(r.Message(field), p.period_type);
      break;
    case Field::kPeriod:
      p.period = r.Signed(field);
      break;
    case Field::kComment:
      r.ShortNumbers(field, field.end_of_field(), [&](std::uint64_t index) {
        p.comments.push_back(r.ToStringId(index));
      });
      break;
    case Field::kDefaultSampleType:
      p.default_sample_type = r.String(field);
      break;
    case Field::kDocUrl:
      p.doc_url = r.String(field);
      break;
    default:
      break;
  }
}

void Decoder::ReadLocation(const WireFields& field) {
  using Field = pprof_fields::Location;
  Location location;
  location.first_line = static_cast<std::uint32_t>(profile_.lines.size());
  WireFields message = reader_.Message(field);
  while (message.Next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kId:
        location.id = reader_.Number(message);
        break;
      case Field::kMappingId:
        location.mapping = MappingOf(reader_.Number(message));
        break;
      case Field::kAddress:
        location.address = reader_.Number(message);
        break;
      case Field::kLine:
        profile_.lines.push_back(
            reader_.ReadLine(reader_.Message(message), *function_ids_));
        ++location.line_count;
        break;
      case Field::kIsFolded:
        location.is_folded = reader_.Number(message) != 0;
        break;
      default:
        break;
    }
  }
  profile_.locations.push_back(location);
}

std::uint32_t Decoder::MappingOf(std::uint64_t id) const {
  if (id == 0) return kNoIndex;
  const std::uint32_t mapping = mapping_ids_->Find(id);
  return mapping == kNoIndex ? kUnknownMapping : mapping;
}

void Decoder::CheckStrings() {
  if (message_.empty()) {
    reader_.Fail("is empty");
  } else if (profile_.strings.size() == 0) {
    reader_.Fail("has no string table");
  } else if (!profile_.strings[0].empty()) {
    reader_.Fail("has a string table that does not begin with \"\"");
  }
}

void Decoder::CheckSampleTypes() {
  if (profile_.sample_types.empty()) reader_.Fail("has no sample types");
}

template <typename Entity>
IdIndex Decoder::IndexIds(std::string_view what,
                          const std::vector<Entity>& entities) {
  // Pyroscope accepts a mapping with the id 0, to which nothing can refer.
  constexpr bool kMayBeZero = std::same_as<Entity, Mapping>;
  std::size_t in_order = 0;
  for (const Entity& entity : entities) {
    in_order += entity.id == in_order + 1 ? 1 : 0;
  }
  if (in_order == entities.size()) return IdIndex::InOrder(in_order);
  std::vector<std::uint64_t> ids;
  ids.reserve(entities.size());
  for (const Entity& entity : entities) {
    ids.push_back(entity.id);
    if (!kMayBeZero && entity.id == 0) {
      reader_.Fail(fmt::format("has a {} with the id 0", what));
    }
  }
  IdIndex index(ids);
  // Every writer writes the time once, and fields of messages that follow each
  // other are fields of one message.
  if (index.duplicate() && time_fields_ > 1) {
    reader_.Fail(
        fmt::format("holds {} profiles, one after the other (concatenated "
                    "profiles)",
                    time_fields_));
  } else if (index.duplicate()) {
    reader_.Fail(
        fmt::format("has two {}s with the id {}", what, *index.duplicate()));
  }
  return index;
}

// Whether the message is decoded without counting the contents of samples and
// locations first: it is so small that allocating for the worst case is cheap.
bool IsSmall(std::string_view message, const PprofCounts& counts) {
  constexpr std::size_t kSmallBytes = std::size_t{1} << 20;
  // If there are more values than bytes, some are missing (CheckValues).
  return message.size() <= kSmallBytes &&
         counts.samples * counts.sample_types <= message.size();
}

void CountDecoded(const Profile& profile, PprofCounts& counts) {
  counts.sample_locations = profile.samples.all_locations().size();
  counts.sample_values = profile.samples.all_values().size();
  counts.sample_labels = profile.samples.all_labels().size();
  counts.lines = profile.lines.size();
}

Result<void> Decode(std::string_view message, Strings strings,
                    const ProfileLimits& limits, Profile& profile) {
  if (message.size() > limits.inflated_bytes) {
    return TooLarge(
        fmt::format("has more than {} MiB", limits.inflated_bytes >> 20));
  }
  WireProblem problem = WireProblem::kNone;
  PprofCounts counts = CountPprof(message, problem);
  // A reused profile has memory for what is not counted.
  const bool is_counted =
      strings == Strings::kCopied || !IsSmall(message, counts);
  if (is_counted) CountContents(counts, problem);
  if (auto error = ErrorOf(problem)) return *std::move(error);
  const auto check = [&]() -> Result<void> {
    if (counts.decoded_bytes() <= limits.decoded_bytes) return {};
    return TooLarge(fmt::format("would take more than {} MiB of memory",
                                limits.decoded_bytes >> 20));
  };
  PMCP_TRY_VOID(check());
  PMCP_TRY_VOID(Decoder(message, counts, strings, profile).Decode());
  if (is_counted) return {};
  CountDecoded(profile, counts);
  return check();
}

}  // namespace

Result<Profile> DecodePprof(std::string_view message,
                            const ProfileLimits& limits) {
  Profile profile;
  PMCP_TRY_VOID(Decode(message, Strings::kCopied, limits, profile));
  return profile;
}

Result<void> DecodePprofInto(std::string_view message, Profile& profile,
                             const ProfileLimits& limits, Strings strings) {
  profile.Clear();
  return Decode(message, strings, limits, profile);
}

}  // namespace pmcp::profile
