#include "profile/pprof_count.h"

#include <algorithm>
#include <protozero/pbf_reader.hpp>

#include "profile/pprof.h"
#include "profile/pprof_fields.h"

namespace pmcp::profile {
namespace {

using protozero::data_view;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

bool IsBytes(const pbf_reader& field) {
  return field.wire_type() == pbf_wire_type::length_delimited;
}

// The numbers in a field that may be packed; moves on behind it. Every number
// ends in the one byte whose top bit is not set.
std::size_t CountNumbers(pbf_reader& message) {
  if (!IsBytes(message)) {
    message.skip();
    return 1;
  }
  const data_view packed = message.get_view();
  return static_cast<std::size_t>(
      std::count_if(packed.data(), packed.data() + packed.size(),
                    [](char byte) { return (byte & 0x80) == 0; }));
}

void CountSample(pbf_reader sample, PprofCounts& counts) {
  using Field = pprof_fields::Sample;
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
  while (reader.next()) {
    if (IsBytes(reader)) {
      CountField(reader, counts);
    } else {
      reader.skip();
    }
  }
  return counts;
}

}  // namespace pmcp::profile
