#include "profile/pprof/pprof_samples.h"

#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/parallel_for.h"
#include "profile/pprof/dense_ids.h"
#include "profile/pprof/pprof_fields.h"
#include "profile/pprof/pprof_reader.h"

namespace pmcp::profile {
namespace {

std::string WrongValues(std::size_t values, std::size_t types) {
  return fmt::format("has a sample with {} values for {} sample types", values,
                     types);
}

// Reads the samples of one chunk into their places in the columns. What a chunk
// holds was counted by the same rules, so it fits; that it does is checked all
// the same, as the bytes are foreign.
class ChunkDecoder {
 public:
  ChunkDecoder(const SampleChunk& chunk, const char* readable,
               const IdIndex& location_ids, const Profile& profile,
               SampleTable::Columns columns)
      : chunk_(chunk),
        readable_(readable),
        location_ids_(location_ids),
        has_short_ids_(profile.locations.size() <= kMaxDenseIds),
        has_dense_ids_(has_short_ids_ && location_ids.in_order() > 0),
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
    // What was counted is there as long as nothing is wrong.
    while (field.Next() && !reader_.is_damaged()) {
      if (field.tag() != kSample) continue;
      if (field.is_bytes()) {
        ReadSample(reader_.Fields(field.bytes()));
      } else {
        reader_.Bytes(field);  // says what is wrong; was not counted
      }
    }
    return reader_.error();
  }

  // Where what was decoded ends in the columns.
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

  // Of the decoder what takes longest.
  void ReadLocationIds(const WireFields& field) {
    std::uint32_t* next = columns_.locations.data() + location_;
    const std::uint32_t* const end =
        columns_.locations.data() + columns_.locations.size();
    const auto take = [&](std::uint64_t id) {
      PMCP_CHECK(next != end);
      *next++ = location_ids_.Find(id);
    };
    if (has_dense_ids_ && field.is_bytes()) {
      const std::string_view packed = field.bytes();
      PackedIds ids{packed.data(), packed.data() + packed.size(), readable_,
                    next, end};
      DecodeDenseIds(ids, static_cast<std::uint32_t>(location_ids_.in_order()));
      next = ids.out;
      reader_.ShortNumbers({ids.next, ids.end}, readable_, take);
    } else if (has_short_ids_) {
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

  const SampleChunk& chunk_;
  const char* const readable_;  // the end of the message
  const IdIndex& location_ids_;
  const bool has_short_ids_;
  const bool has_dense_ids_;
  PprofReader reader_;
  const std::size_t types_;
  const SampleTable::Columns columns_;
  std::size_t sample_;
  std::size_t location_;
  std::size_t label_;
  std::size_t values_ = 0;  // of this sample so far
};

// Before anything is reserved for them: the product of the two counts may be
// far more than the bytes could hold.
std::optional<Error> CheckValues(const PprofCounts& counts) {
  const auto wrong = [&](const std::optional<std::size_t>& values) {
    return values && *values != counts.sample_types;
  };
  const auto& values =
      wrong(counts.first_values) ? counts.first_values : counts.other_values;
  if (!wrong(values)) return std::nullopt;
  return NotAProfile(WrongValues(*values, counts.sample_types));
}

// Those of a small profile, whose samples were not counted but as rows: columns
// are as long as the bytes could fill them.
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
  // Nothing is written, not even for a moment, where the next chunk's ids go:
  // another thread may be at them.
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
