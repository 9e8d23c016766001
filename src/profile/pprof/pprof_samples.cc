#include "profile/pprof/pprof_samples.h"

#include <fmt/core.h>

#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/parallel_for.h"
#include "profile/pprof/pprof_fields.h"
#include "profile/pprof/pprof_reader.h"

namespace pmcp::profile {
namespace {

std::string WrongValues(std::size_t values, std::size_t types) {
  return fmt::format("has a sample with {} values for {} sample types", values,
                     types);
}

// Decodes the samples of one chunk into their places in the columns. The
// content of a chunk was counted by the same rules, so it fits. This is checked
// anyway, as the bytes are untrusted.
class ChunkDecoder {
 public:
  ChunkDecoder(const SampleChunk& chunk, const char* readable,
               const IdIndex& location_ids, const Profile& profile,
               SampleTable::Columns columns)
      : chunk_(chunk),
        readable_(readable),
        location_ids_(location_ids),
        has_short_ids_(profile.locations.size() <= kMaxShortIds),
        reader_(profile.strings),
        types_(profile.sample_types.size()),
        columns_(columns),
        sample_(chunk.first_sample),
        location_(chunk.first_location),
        label_(chunk.first_label) {}

  std::optional<Error> Decode() {
    WireFields field = reader_.Fields(chunk_.bytes);
    constexpr auto kSample =
        static_cast<std::uint32_t>(pprof_fields::Profile::kSample);
    // Stops at an error in the bytes, where counting stopped.
    while (field.Next() && !reader_.is_damaged()) {
      if (field.tag() != kSample) continue;
      if (field.is_bytes()) {
        ReadSample(reader_.Fields(field.bytes()));
      } else {
        reader_.Bytes(field);  // records the error; was not counted
      }
    }
    return reader_.error();
  }

  // The ends of the decoded elements in the columns.
  std::size_t sample() const { return sample_; }
  std::size_t location() const { return location_; }
  std::size_t label() const { return label_; }

 private:
  void ReadSample(WireFields sample) {
    using Field = pprof_fields::Sample;
    PMCP_CHECK(sample_ < columns_.location_ends.size());
    values_ = 0;
    while (sample.Next()) {
      switch (static_cast<Field>(sample.tag())) {
        case Field::kLocationId:
          ReadLocationIds(sample);
          break;
        case Field::kValue:
          ReadValues(sample);
          break;
        case Field::kLabel:
          PMCP_CHECK(label_ < columns_.labels.size());
          columns_.labels[label_++] =
              reader_.ReadLabel(reader_.Message(sample));
          break;
        default:
          break;
      }
    }
    if (!reader_.is_damaged()) EndSample();
  }

  // Most of the decoder's time is spent here.
  void ReadLocationIds(const WireFields& field) {
    std::uint32_t* next = columns_.locations.data() + location_;
    const std::uint32_t* const end =
        columns_.locations.data() + columns_.locations.size();
    const auto take = [&](std::uint64_t id) {
      PMCP_CHECK(next != end);
      *next++ = location_ids_.Find(id);
    };
    if (has_short_ids_) {
      reader_.ShortNumbers(field, readable_, take);
    } else {
      reader_.Numbers(field, readable_, take);
    }
    location_ = static_cast<std::size_t>(next - columns_.locations.data());
  }

  void ReadValues(const WireFields& field) {
    reader_.Numbers(field, readable_, [this](std::uint64_t value) {
      if (values_ < types_) {
        columns_.values[sample_ * types_ + values_] =
            static_cast<std::int64_t>(value);
      }
      ++values_;
    });
  }

  void EndSample() {
    if (values_ != types_) reader_.Fail(WrongValues(values_, types_));
    columns_.location_ends[sample_] = static_cast<std::uint32_t>(location_);
    columns_.label_ends[sample_] = static_cast<std::uint32_t>(label_);
    ++sample_;
  }

  // Ids that count up to this have at most two bytes each.
  static constexpr std::size_t kMaxShortIds = (1u << 14) - 1;

  const SampleChunk& chunk_;
  const char* const readable_;  // the end of the message
  const IdIndex& location_ids_;
  const bool has_short_ids_;
  PprofReader reader_;
  const std::size_t types_;
  const SampleTable::Columns columns_;
  std::size_t sample_;
  std::size_t location_;
  std::size_t label_;
  std::size_t values_ = 0;  // of this sample so far
};

// Called before memory is allocated: the product of the numbers of samples and
// of sample types may exceed the number of values by far.
std::optional<Error> CheckValues(const PprofCounts& counts) {
  const auto wrong = [&](const std::optional<std::size_t>& values) {
    return values && *values != counts.sample_types;
  };
  const auto& values =
      wrong(counts.first_values) ? counts.first_values : counts.other_values;
  if (!wrong(values)) return std::nullopt;
  return NotAProfile(WrongValues(*values, counts.sample_types));
}

// Decodes the samples of a small profile without counting their contents first:
// the columns are as long as they can be for this number of bytes.
std::optional<Error> DecodeUncounted(const PprofCounts& counts,
                                     const char* readable,
                                     const IdIndex& locations,
                                     Profile& profile) {
  constexpr std::size_t kLeastLabelBytes = 2;
  SampleChunk all;
  all.bytes = counts.FieldsOf(pprof_fields::Profile::kSample);
  const SampleTable::Columns columns = profile.samples.Resize(
      counts.samples, all.bytes.size(), all.bytes.size() / kLeastLabelBytes);
  ChunkDecoder decoder(all, readable, locations, profile, columns);
  if (auto error = decoder.Decode()) return error;
  profile.samples.Shrink(decoder.sample(), decoder.location(), decoder.label());
  return std::nullopt;
}

}  // namespace

std::optional<Error> DecodeSamples(std::string_view message,
                                   const PprofCounts& counts,
                                   const IdIndex& locations, Profile& profile) {
  const char* const readable = message.data() + message.size();
  profile.samples.SetValueCount(profile.sample_types.size());
  if (!counts.has_contents) {
    return DecodeUncounted(counts, readable, locations, profile);
  }
  if (auto error = CheckValues(counts)) return error;
  const SampleTable::Columns columns = profile.samples.Resize(
      counts.samples, counts.sample_locations, counts.sample_labels);
  const auto& chunks = counts.sample_chunks;
  // A chunk ends before the ids of the next one, which another thread may write
  // at the same time.
  const auto columns_of = [&](std::size_t i) {
    SampleTable::Columns own = columns;
    if (i + 1 < chunks.size()) {
      own.locations = own.locations.first(chunks[i + 1].first_location);
    }
    return own;
  };
  std::vector<std::optional<Error>> errors(chunks.size());
  const Result<void> all =
      ParallelFor(chunks.size(), CallContext(), "", [&](std::size_t i) {
        errors[i] =
            ChunkDecoder(chunks[i], readable, locations, profile, columns_of(i))
                .Decode();
      });
  PMCP_CHECK(all.ok());
  for (const auto& error : errors) {
    if (error) return error;
  }
  return std::nullopt;
}

}  // namespace pmcp::profile
