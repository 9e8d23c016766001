#include "profile/pprof/pprof_count.h"

#include <cstdint>
#include <cstring>

#include "profile/pprof/pprof.h"

namespace pmcp::profile {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101u;
// Enough that a thread's start does not matter, little enough that several
// threads end at about the same time.
constexpr std::size_t kChunkBytes = 1 << 20;

// Every number ends in the one byte whose top bit is not set. Eight bytes at
// a time: this sees nearly every byte of a profile.
std::size_t CountPacked(std::string_view packed) {
  const char* next = packed.data();
  const char* const end = next + packed.size();
  std::size_t count = 0;
  for (; end - next >= 8; next += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, next, 8);
    // Each byte becomes 1 or 0; the product's top byte is their sum.
    count += (((~bytes >> 7) & kOnes) * kOnes) >> 56;
  }
  for (; next != end; ++next) count += (*next & 0x80) == 0 ? 1 : 0;
  return count;
}

// The numbers in a field that may be packed.
std::size_t CountNumbers(const WireFields& field) {
  return field.is_bytes() ? CountPacked(field.bytes()) : 1;
}

void NoteValues(std::size_t values, PprofCounts& counts) {
  if (!counts.first_values) counts.first_values = values;
  if (values != *counts.first_values && !counts.other_values) {
    counts.other_values = values;
  }
}

void CountSample(WireFields sample, PprofCounts& counts) {
  using Field = pprof_fields::Sample;
  const std::size_t values_before = counts.sample_values;
  while (sample.Next()) {
    switch (static_cast<Field>(sample.tag())) {
      case Field::kLocationId:
        counts.sample_locations += CountNumbers(sample);
        break;
      case Field::kValue:
        counts.sample_values += CountNumbers(sample);
        break;
      case Field::kLabel:
        ++counts.sample_labels;
        break;
      default:
        break;
    }
  }
  NoteValues(counts.sample_values - values_before, counts);
}

std::size_t CountLines(WireFields location) {
  std::size_t lines = 0;
  while (location.Next()) {
    if (location.tag() ==
        static_cast<std::uint32_t>(pprof_fields::Location::kLine)) {
      ++lines;
    }
  }
  return lines;
}

void CountField(const WireFields& field, PprofCounts& counts) {
  using Field = pprof_fields::Profile;
  switch (static_cast<Field>(field.tag())) {
    case Field::kSampleType:
      ++counts.sample_types;
      break;
    case Field::kSample:
      ++counts.samples;
      break;
    case Field::kMapping:
      ++counts.mappings;
      break;
    case Field::kLocation:
      ++counts.locations;
      break;
    case Field::kFunction:
      ++counts.functions;
      break;
    case Field::kStringTable:
      ++counts.strings;
      counts.string_bytes += field.bytes().size();
      break;
    default:
      break;
  }
}

bool Is(const WireFields& field, pprof_fields::Profile wanted) {
  return field.tag() == static_cast<std::uint32_t>(wanted);
}

// `rest` begins with a sample and ends with the last one; `before` is what came
// before it, and so are `samples` samples.
void ExtendChunks(std::string_view rest, const PprofCounts& before,
                  std::size_t samples, std::vector<SampleChunk>& chunks) {
  if (!chunks.empty()) {
    std::string_view& last = chunks.back().bytes;
    const auto size = static_cast<std::size_t>(rest.data() - last.data());
    if (size < kChunkBytes) return;
    last = last.substr(0, size);
  }
  chunks.push_back(
      {rest, samples, before.sample_locations, before.sample_labels});
}

}  // namespace

std::size_t PprofCounts::decoded_bytes() const {
  constexpr std::size_t kEnds = 2 * sizeof(std::uint32_t);
  return samples * kEnds + sample_values * sizeof(std::int64_t) +
         sample_types * sizeof(ValueType) +
         sample_locations * sizeof(std::uint32_t) +
         sample_labels * sizeof(SampleLabel) + mappings * sizeof(Mapping) +
         locations * sizeof(Location) + lines * sizeof(Line) +
         functions * sizeof(Function) + strings * sizeof(std::string_view) +
         string_bytes;
}

PprofCounts CountPprof(std::string_view message, WireProblem& problem) {
  PprofCounts counts;
  WireFields field(message, problem);
  const char* begin = message.data();
  while (field.Next()) {
    std::string_view& span =
        counts.spans[field.tag() < counts.spans.size() ? field.tag() : 0];
    if (span.empty()) span = {begin, 0};
    begin = field.end_of_field();
    span = {span.data(), static_cast<std::size_t>(begin - span.data())};
    if (field.is_bytes()) CountField(field, counts);
  }
  return counts;
}

void CountContents(PprofCounts& counts, WireProblem& problem) {
  counts.has_contents = true;
  const std::string_view samples =
      counts.FieldsOf(pprof_fields::Profile::kSample);
  std::size_t count = 0;
  const char* begin = samples.data();
  const char* const end = begin + samples.size();
  for (WireFields field(samples, problem); field.Next();) {
    if (Is(field, pprof_fields::Profile::kSample)) {
      ExtendChunks({begin, end}, counts, count, counts.sample_chunks);
      if (field.is_bytes()) {
        ++count;
        CountSample({field.bytes(), problem}, counts);
      }
    }
    begin = field.end_of_field();
  }
  for (WireFields field(counts.FieldsOf(pprof_fields::Profile::kLocation),
                        problem);
       field.Next();) {
    if (!Is(field, pprof_fields::Profile::kLocation) || !field.is_bytes()) {
      continue;
    }
    counts.lines += CountLines({field.bytes(), problem});
  }
}

}  // namespace pmcp::profile
