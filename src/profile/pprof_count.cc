#include "profile/pprof_count.h"

#include <cstdint>
#include <cstring>
#include <protozero/pbf_reader.hpp>

#include "profile/pprof.h"
#include "profile/pprof_fields.h"

namespace pmcp::profile {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101u;
// Enough that a thread's start does not matter, little enough that several
// threads end at about the same time.
constexpr std::size_t kChunkBytes = 1 << 20;

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

bool IsBytes(const pbf_reader& field) {
  return field.wire_type() == pbf_wire_type::length_delimited;
}

// Every number ends in the one byte whose top bit is not set. Eight bytes at
// a time: this sees nearly every byte of a profile.
std::size_t CountPacked(data_view packed) {
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

// The numbers in a field that may be packed; moves on behind it.
std::size_t CountNumbers(pbf_reader& message) {
  if (IsBytes(message)) return CountPacked(message.get_view());
  message.skip();
  return 1;
}

void NoteValues(std::size_t values, PprofCounts& counts) {
  if (!counts.first_values) counts.first_values = values;
  if (values != *counts.first_values && !counts.other_values) {
    counts.other_values = values;
  }
}

void CountSample(pbf_reader sample, PprofCounts& counts) {
  using Field = pprof_fields::Sample;
  const std::size_t values_before = counts.sample_values;
  ++counts.samples;
  while (sample.next()) {
    switch (static_cast<Field>(sample.tag())) {
      case Field::kLocationId:
        counts.sample_locations += CountNumbers(sample);
        break;
      case Field::kValue:
        counts.sample_values += CountNumbers(sample);
        break;
      case Field::kLabel:
        ++counts.sample_labels;
        sample.skip();
        break;
      default:
        sample.skip();
    }
  }
  NoteValues(counts.sample_values - values_before, counts);
}

void CountLocation(pbf_reader location, PprofCounts& counts) {
  ++counts.locations;
  while (location.next()) {
    if (location.tag() ==
        static_cast<std::uint32_t>(pprof_fields::Location::kLine)) {
      ++counts.lines;
    }
    location.skip();
  }
}

void CountField(pbf_reader& message, PprofCounts& counts) {
  using Field = pprof_fields::Profile;
  const auto field = static_cast<Field>(message.tag());
  const data_view bytes = message.get_view();
  switch (field) {
    case Field::kSampleType:
      ++counts.sample_types;
      break;
    case Field::kSample:
      CountSample(pbf_reader(bytes), counts);
      break;
    case Field::kMapping:
      ++counts.mappings;
      break;
    case Field::kLocation:
      CountLocation(pbf_reader(bytes), counts);
      break;
    case Field::kFunction:
      ++counts.functions;
      break;
    case Field::kStringTable:
      ++counts.strings;
      counts.string_bytes += bytes.size();
      break;
    default:
      break;
  }
}

// `rest` begins with a sample and ends with the message; `before` is what came
// before it.
void ExtendChunks(std::string_view rest, const PprofCounts& before,
                  std::vector<SampleChunk>& chunks) {
  if (!chunks.empty()) {
    std::string_view& last = chunks.back().bytes;
    const auto size = static_cast<std::size_t>(rest.data() - last.data());
    if (size < kChunkBytes) return;
    last = last.substr(0, size);
  }
  chunks.push_back(
      {rest, before.samples, before.sample_locations, before.sample_labels});
}

// `field` is a sample, its tag and length included.
void ExtendRun(std::string_view field, std::string_view& run) {
  if (run.empty()) run = field;
  const char* const run_end = run.data() + run.size();
  if (field.data() == run_end) run = {run.data(), run.size() + field.size()};
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

PprofCounts CountPprof(std::string_view message) {
  PprofCounts counts;
  pbf_reader reader(message.data(), message.size());
  const char* begin = message.data();
  const char* const message_end = begin + message.size();
  while (reader.next()) {
    const bool is_sample = reader.tag() == static_cast<std::uint32_t>(
                                               pprof_fields::Profile::kSample);
    if (is_sample) {
      ExtendChunks({begin, message_end}, counts, counts.sample_chunks);
    }
    if (IsBytes(reader)) {
      CountField(reader, counts);
    } else {
      reader.skip();
    }
    const char* const end = reader.data().data();
    if (is_sample) ExtendRun({begin, end}, counts.sample_run);
    begin = end;
  }
  return counts;
}

}  // namespace pmcp::profile
