#include "profile/pprof_decode.h"

#include <fmt/format.h>

#include <exception>
#include <optional>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <utility>

#include "base/gzip.h"
#include "profile/id_index.h"
#include "profile/pprof_count.h"
#include "profile/pprof_fields.h"

namespace pmcp::profile {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

Error NotAProfile(std::string what) {
  return InvalidArgument(std::move(what),
                         "Record the profile again, in pprof's format "
                         "(profile.proto, gzipped or not).");
}

Error TooLarge(std::string what) {
  return {ErrorKind::kTooLarge, std::move(what),
          "Record a shorter time or fewer sample types."};
}

// Reads a message in several walks, each of which fills what can be resolved
// by then: fields may come in any order, and writers put the samples first and
// the strings last. The first thing wrong is kept; reading goes on, which is
// harmless, until the walk is over.
class Decoder {
 public:
  Decoder(std::string_view message, const PprofCounts& counts)
      : message_(message.data(), message.size()), counts_(counts) {
    profile_.strings.Reserve(counts.strings, counts.string_bytes);
    profile_.sample_types.reserve(counts.sample_types);
    profile_.mappings.reserve(counts.mappings);
    profile_.functions.reserve(counts.functions);
    profile_.locations.reserve(counts.locations);
    profile_.lines.reserve(counts.lines);
    profile_.samples.SetValueCount(counts.sample_types);
    profile_.samples.Reserve(counts.samples, counts.sample_locations,
                             counts.sample_labels);
  }

  Result<Profile> Decode();

 private:
  // One walk over the top level; `read` takes or skips every field.
  void Walk(void (Decoder::*read)(pbf_reader&));
  void ReadString(pbf_reader& field);
  void ReadHead(pbf_reader& field);
  void ReadLocation(pbf_reader& field);
  void ReadSample(pbf_reader& field);

  void ReadValueType(pbf_reader message, ValueType& type);
  Mapping ReadMapping(pbf_reader message);
  Function ReadFunction(pbf_reader message);
  Line ReadLine(pbf_reader message);
  SampleLabel ReadLabel(pbf_reader message);

  void CheckStrings();
  void CheckSampleTypes();
  template <typename Entity>
  IdIndex IndexIds(std::string_view what, const std::vector<Entity>& entities);

  // The value of a field, whose kind is checked: a field that is known by its
  // number but of another kind means that this is no profile.
  std::uint64_t Number(pbf_reader& field);
  std::int64_t Signed(pbf_reader& field) {
    return static_cast<std::int64_t>(Number(field));
  }
  StringId String(pbf_reader& field) { return ToStringId(Signed(field)); }
  StringId ToStringId(std::int64_t index);
  pbf_reader Message(pbf_reader& field);
  // A repeated number, packed or not.
  template <typename Sink>
  void Numbers(pbf_reader& field, Sink sink);

  void Fail(std::string what) {
    if (!error_) error_ = NotAProfile(std::move(what));
  }

  const pbf_reader message_;
  const PprofCounts& counts_;
  Profile profile_;
  std::optional<Error> error_;
  std::optional<IdIndex> mapping_ids_;
  std::optional<IdIndex> function_ids_;
  std::optional<IdIndex> location_ids_;
  // Of the sample that is being read.
  std::vector<std::uint32_t> sample_locations_;
  std::vector<std::int64_t> sample_values_;
  std::vector<SampleLabel> sample_labels_;
};

Result<Profile> Decoder::Decode() {
  Walk(&Decoder::ReadString);
  CheckStrings();
  if (error_) return *std::move(error_);

  Walk(&Decoder::ReadHead);
  CheckSampleTypes();
  mapping_ids_ = IndexIds("mapping", profile_.mappings);
  function_ids_ = IndexIds("function", profile_.functions);
  if (error_) return *std::move(error_);

  Walk(&Decoder::ReadLocation);
  location_ids_ = IndexIds("location", profile_.locations);
  if (error_) return *std::move(error_);

  Walk(&Decoder::ReadSample);
  if (error_) return *std::move(error_);
  return std::move(profile_);
}

void Decoder::Walk(void (Decoder::*read)(pbf_reader&)) {
  pbf_reader field = message_;
  while (field.next()) (this->*read)(field);
}

void Decoder::ReadString(pbf_reader& field) {
  if (field.tag() !=
      static_cast<std::uint32_t>(pprof_fields::Profile::kStringTable)) {
    field.skip();
    return;
  }
  const data_view text = Message(field).data();
  profile_.strings.Append({text.data(), text.size()});
}

void Decoder::ReadHead(pbf_reader& field) {
  using Field = pprof_fields::Profile;
  Profile& p = profile_;
  switch (static_cast<Field>(field.tag())) {
    case Field::kSampleType:
      ReadValueType(Message(field), p.sample_types.emplace_back());
      break;
    case Field::kMapping:
      p.mappings.push_back(ReadMapping(Message(field)));
      break;
    case Field::kFunction:
      p.functions.push_back(ReadFunction(Message(field)));
      break;
    case Field::kPeriodType:
      p.has_period_type = true;
      ReadValueType(Message(field), p.period_type);
      break;
    case Field::kComment:
      Numbers(field, [&](std::uint64_t index) {
        p.comments.push_back(ToStringId(static_cast<std::int64_t>(index)));
      });
      break;
    case Field::kDropFrames:
      p.drop_frames = String(field);
      break;
    case Field::kKeepFrames:
      p.keep_frames = String(field);
      break;
    case Field::kTimeNanos:
      p.time_nanos = Signed(field);
      break;
    case Field::kDurationNanos:
      p.duration_nanos = Signed(field);
      break;
    case Field::kPeriod:
      p.period = Signed(field);
      break;
    case Field::kDefaultSampleType:
      p.default_sample_type = String(field);
      break;
    case Field::kDocUrl:
      p.doc_url = String(field);
      break;
    default:
      field.skip();
  }
}

void Decoder::ReadLocation(pbf_reader& field) {
  using Field = pprof_fields::Location;
  if (field.tag() !=
      static_cast<std::uint32_t>(pprof_fields::Profile::kLocation)) {
    field.skip();
    return;
  }
  Location location;
  location.first_line = static_cast<std::uint32_t>(profile_.lines.size());
  std::uint64_t mapping_id = 0;
  pbf_reader message = Message(field);
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kId:
        location.id = Number(message);
        break;
      case Field::kMappingId:
        mapping_id = Number(message);
        break;
      case Field::kAddress:
        location.address = Number(message);
        break;
      case Field::kLine:
        profile_.lines.push_back(ReadLine(Message(message)));
        ++location.line_count;
        break;
      case Field::kIsFolded:
        location.is_folded = Number(message) != 0;
        break;
      default:
        message.skip();
    }
  }
  location.mapping = mapping_ids_->Find(mapping_id);
  if (mapping_id != 0 && location.mapping == kNoIndex) {
    location.mapping = kUnknownMapping;
  }
  profile_.locations.push_back(location);
}

void Decoder::ReadSample(pbf_reader& field) {
  using Field = pprof_fields::Sample;
  if (field.tag() !=
      static_cast<std::uint32_t>(pprof_fields::Profile::kSample)) {
    field.skip();
    return;
  }
  sample_locations_.clear();
  sample_values_.clear();
  sample_labels_.clear();
  pbf_reader message = Message(field);
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kLocationId:
        Numbers(message, [this](std::uint64_t id) {
          sample_locations_.push_back(location_ids_->Find(id));
        });
        break;
      case Field::kValue:
        Numbers(message, [this](std::uint64_t value) {
          sample_values_.push_back(static_cast<std::int64_t>(value));
        });
        break;
      case Field::kLabel:
        sample_labels_.push_back(ReadLabel(Message(message)));
        break;
      default:
        message.skip();
    }
  }
  if (sample_values_.size() != profile_.sample_types.size()) {
    Fail(fmt::format("has a sample with {} values for {} sample types",
                     sample_values_.size(), profile_.sample_types.size()));
    return;
  }
  profile_.samples.Append(sample_locations_, sample_values_, sample_labels_);
}

void Decoder::ReadValueType(pbf_reader message, ValueType& type) {
  using Field = pprof_fields::ValueType;
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kType:
        type.type = String(message);
        break;
      case Field::kUnit:
        type.unit = String(message);
        break;
      default:
        message.skip();
    }
  }
}

Mapping Decoder::ReadMapping(pbf_reader message) {
  using Field = pprof_fields::Mapping;
  Mapping m;
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kId:
        m.id = Number(message);
        break;
      case Field::kMemoryStart:
        m.memory_start = Number(message);
        break;
      case Field::kMemoryLimit:
        m.memory_limit = Number(message);
        break;
      case Field::kFileOffset:
        m.file_offset = Number(message);
        break;
      case Field::kFilename:
        m.filename = String(message);
        break;
      case Field::kBuildId:
        m.build_id = String(message);
        break;
      case Field::kHasFunctions:
        m.has_functions = Number(message) != 0;
        break;
      case Field::kHasFilenames:
        m.has_filenames = Number(message) != 0;
        break;
      case Field::kHasLineNumbers:
        m.has_line_numbers = Number(message) != 0;
        break;
      case Field::kHasInlineFrames:
        m.has_inline_frames = Number(message) != 0;
        break;
      default:
        message.skip();
    }
  }
  return m;
}

Function Decoder::ReadFunction(pbf_reader message) {
  using Field = pprof_fields::Function;
  Function f;
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kId:
        f.id = Number(message);
        break;
      case Field::kName:
        f.name = String(message);
        break;
      case Field::kSystemName:
        f.system_name = String(message);
        break;
      case Field::kFilename:
        f.filename = String(message);
        break;
      case Field::kStartLine:
        f.start_line = Signed(message);
        break;
      default:
        message.skip();
    }
  }
  return f;
}

Line Decoder::ReadLine(pbf_reader message) {
  using Field = pprof_fields::Line;
  Line line;
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kFunctionId:
        line.function = function_ids_->Find(Number(message));
        break;
      case Field::kLine:
        line.line = Signed(message);
        break;
      case Field::kColumn:
        line.column = Signed(message);
        break;
      default:
        message.skip();
    }
  }
  return line;
}

SampleLabel Decoder::ReadLabel(pbf_reader message) {
  using Field = pprof_fields::Label;
  SampleLabel label;
  while (message.next()) {
    switch (static_cast<Field>(message.tag())) {
      case Field::kKey:
        label.key = String(message);
        break;
      case Field::kStr:
        label.str = String(message);
        break;
      case Field::kNum:
        label.num = Signed(message);
        break;
      case Field::kNumUnit:
        label.num_unit = String(message);
        break;
      default:
        message.skip();
    }
  }
  return label;
}

void Decoder::CheckStrings() {
  if (profile_.strings.size() == 0) {
    Fail("has no table of strings");
  } else if (!profile_.strings[0].empty()) {
    Fail("has a table of strings that does not begin with \"\"");
  }
}

void Decoder::CheckSampleTypes() {
  if (profile_.sample_types.empty()) Fail("has no sample types");
  for (const ValueType& type : profile_.sample_types) {
    const std::string_view name = profile_.strings[type.type];
    if (name.find('-') != std::string_view::npos) {
      Fail(fmt::format("has a sample type with a \"-\" in its name: \"{}\"",
                       name));
    }
  }
}

template <typename Entity>
IdIndex Decoder::IndexIds(std::string_view what,
                          const std::vector<Entity>& entities) {
  constexpr bool kZeroIsFine = std::is_same_v<Entity, Mapping>;
  std::vector<std::uint64_t> ids;
  ids.reserve(entities.size());
  for (const Entity& entity : entities) {
    ids.push_back(entity.id);
    if (!kZeroIsFine && entity.id == 0) {
      Fail(fmt::format("has a {} with the id 0", what));
    }
  }
  IdIndex index(ids);
  if (index.duplicate()) {
    Fail(fmt::format("has two {}s with the id {}", what, *index.duplicate()));
  }
  return index;
}

std::uint64_t Decoder::Number(pbf_reader& field) {
  if (field.wire_type() == pbf_wire_type::varint) return field.get_uint64();
  Fail(fmt::format("is no pprof profile: field {} is not a number",
                   field.tag()));
  field.skip();
  return 0;
}

StringId Decoder::ToStringId(std::int64_t index) {
  if (index >= 0 &&
      static_cast<std::uint64_t>(index) < profile_.strings.size()) {
    return static_cast<StringId>(index);
  }
  Fail(fmt::format("names string {} of {}", index, profile_.strings.size()));
  return 0;
}

pbf_reader Decoder::Message(pbf_reader& field) {
  if (field.wire_type() == pbf_wire_type::length_delimited) {
    return field.get_message();
  }
  Fail(fmt::format("is no pprof profile: field {} is a number", field.tag()));
  field.skip();
  return {};
}

template <typename Sink>
void Decoder::Numbers(pbf_reader& field, Sink sink) {
  if (field.wire_type() != pbf_wire_type::length_delimited) {
    sink(Number(field));
    return;
  }
  const data_view packed = field.get_view();
  const char* next = packed.data();
  const char* const end = next + packed.size();
  while (next != end) sink(protozero::decode_varint(&next, end));
}

Result<Profile> CountAndDecode(std::string_view message) {
  const PprofCounts counts = CountPprof(message);
  if (counts.decoded_bytes() > kMaxDecodedBytes) {
    return TooLarge(fmt::format("needs more than {} MiB of memory",
                                kMaxDecodedBytes >> 20));
  }
  return Decoder(message, counts).Decode();
}

}  // namespace

// The fence around protozero, which reports broken bytes by exceptions.
Result<Profile> DecodeRawPprof(std::string_view message) {
  if (message.size() > kMaxInflatedBytes) {
    return TooLarge(
        fmt::format("has more than {} MiB", kMaxInflatedBytes >> 20));
  }
  try {
    return CountAndDecode(message);
  } catch (const protozero::end_of_buffer_exception&) {
    return NotAProfile("is cut short");
  } catch (const protozero::exception& broken) {
    return NotAProfile(fmt::format("is no pprof profile ({})", broken.what()));
  }
}

Result<Profile> DecodePprof(std::string_view file) {
  if (!IsGzip(file)) return DecodeRawPprof(file);
  PMCP_TRY(message, Gunzip(file, kMaxInflatedBytes));
  return DecodeRawPprof(message);
}

}  // namespace pmcp::profile
