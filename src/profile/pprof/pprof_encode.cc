#include "profile/pprof/pprof_encode.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <protozero/pbf_builder.hpp>
#include <string>
#include <vector>

#include "profile/pprof/pprof_fields.h"

// Inner messages are made apart and added whole: protozero's nested builders
// leave out a message that is empty, such as a line of an unknown function.

namespace pmcp::profile {
namespace {

using protozero::pbf_builder;

constexpr std::uint64_t kNoId = 0;

/// What refers to a mapping that is not there is written as an id that no
/// mapping has: the largest such.
std::uint64_t UnusedMappingId(const Profile& profile) {
  std::vector<std::uint64_t> ids;
  for (const Mapping& mapping : profile.mappings) ids.push_back(mapping.id);
  std::ranges::sort(ids, std::greater());
  std::uint64_t unused = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t id : ids) {
    if (id == unused) --unused;
  }
  return unused;
}

// Zeros are left out, as proto3 does.
template <typename Field>
void Add(pbf_builder<Field>& message, Field field, std::int64_t value) {
  if (value != 0) message.add_int64(field, value);
}
template <typename Field>
void Add(pbf_builder<Field>& message, Field field, std::uint64_t value) {
  if (value != 0) message.add_uint64(field, value);
}
template <typename Field>
void Add(pbf_builder<Field>& message, Field field, StringId value) {
  if (value != 0) message.add_int64(field, value);
}
template <typename Field>
void Add(pbf_builder<Field>& message, Field field, bool value) {
  if (value) message.add_bool(field, true);
}

std::string Encode(const ValueType& type) {
  using Field = pprof_fields::ValueType;
  std::string bytes;
  pbf_builder<Field> message(bytes);
  Add(message, Field::kType, type.type);
  Add(message, Field::kUnit, type.unit);
  return bytes;
}

std::string Encode(const SampleLabel& label) {
  using Field = pprof_fields::Label;
  std::string bytes;
  pbf_builder<Field> message(bytes);
  Add(message, Field::kKey, label.key);
  Add(message, Field::kStr, label.str);
  Add(message, Field::kNum, label.num);
  Add(message, Field::kNumUnit, label.num_unit);
  return bytes;
}

std::string Encode(const Mapping& mapping) {
  using Field = pprof_fields::Mapping;
  std::string bytes;
  pbf_builder<Field> message(bytes);
  Add(message, Field::kId, mapping.id);
  Add(message, Field::kMemoryStart, mapping.memory_start);
  Add(message, Field::kMemoryLimit, mapping.memory_limit);
  Add(message, Field::kFileOffset, mapping.file_offset);
  Add(message, Field::kFilename, mapping.filename);
  Add(message, Field::kBuildId, mapping.build_id);
  Add(message, Field::kHasFunctions, mapping.has_functions);
  Add(message, Field::kHasFilenames, mapping.has_filenames);
  Add(message, Field::kHasLineNumbers, mapping.has_line_numbers);
  Add(message, Field::kHasInlineFrames, mapping.has_inline_frames);
  return bytes;
}

std::string Encode(const Function& function) {
  using Field = pprof_fields::Function;
  std::string bytes;
  pbf_builder<Field> message(bytes);
  Add(message, Field::kId, function.id);
  Add(message, Field::kName, function.name);
  Add(message, Field::kSystemName, function.system_name);
  Add(message, Field::kFilename, function.filename);
  Add(message, Field::kStartLine, function.start_line);
  return bytes;
}

std::string Encode(const Line& line, const Profile& profile) {
  using Field = pprof_fields::Line;
  std::string bytes;
  pbf_builder<Field> message(bytes);
  Add(message, Field::kFunctionId,
      line.function == kNoIndex ? kNoId : profile.functions[line.function].id);
  Add(message, Field::kLine, line.line);
  Add(message, Field::kColumn, line.column);
  return bytes;
}

std::uint64_t MappingId(std::uint32_t mapping, const Profile& profile,
                        std::uint64_t unused_id) {
  if (mapping == kNoIndex) return kNoId;
  if (mapping == kUnknownMapping) return unused_id;
  return profile.mappings[mapping].id;
}

std::string Encode(const Location& location, const Profile& profile,
                   std::uint64_t unused_mapping_id) {
  using Field = pprof_fields::Location;
  std::string bytes;
  pbf_builder<Field> message(bytes);
  Add(message, Field::kId, location.id);
  Add(message, Field::kMappingId,
      MappingId(location.mapping, profile, unused_mapping_id));
  Add(message, Field::kAddress, location.address);
  for (const Line& line : profile.LinesOf(location)) {
    message.add_message(Field::kLine, Encode(line, profile));
  }
  Add(message, Field::kIsFolded, location.is_folded);
  return bytes;
}

std::string EncodeSample(std::size_t sample, const Profile& profile) {
  using Field = pprof_fields::Sample;
  std::vector<std::uint64_t> ids;
  for (const std::uint32_t location : profile.samples.locations(sample)) {
    ids.push_back(location == kNoIndex ? kNoId
                                       : profile.locations[location].id);
  }
  const auto values = profile.samples.values(sample);
  std::string bytes;
  pbf_builder<Field> message(bytes);
  message.add_packed_uint64(Field::kLocationId, ids.begin(), ids.end());
  message.add_packed_int64(Field::kValue, values.begin(), values.end());
  for (const SampleLabel& label : profile.samples.labels(sample)) {
    message.add_message(Field::kLabel, Encode(label));
  }
  return bytes;
}

using ProfileBuilder = pbf_builder<pprof_fields::Profile>;

void AddTables(ProfileBuilder& message, const Profile& profile) {
  using Field = pprof_fields::Profile;
  for (const ValueType& type : profile.sample_types) {
    message.add_message(Field::kSampleType, Encode(type));
  }
  for (std::size_t sample = 0; sample < profile.samples.size(); ++sample) {
    message.add_message(Field::kSample, EncodeSample(sample, profile));
  }
  for (const Mapping& mapping : profile.mappings) {
    message.add_message(Field::kMapping, Encode(mapping));
  }
  const std::uint64_t unused_mapping_id = UnusedMappingId(profile);
  for (const Location& location : profile.locations) {
    message.add_message(Field::kLocation,
                        Encode(location, profile, unused_mapping_id));
  }
  for (const Function& function : profile.functions) {
    message.add_message(Field::kFunction, Encode(function));
  }
  for (StringId id = 0; id < profile.strings.size(); ++id) {
    const std::string_view text = profile.strings[id];
    message.add_string(Field::kStringTable, text.data(), text.size());
  }
}

void AddTail(ProfileBuilder& message, const Profile& profile) {
  using Field = pprof_fields::Profile;
  Add(message, Field::kDropFrames, profile.drop_frames);
  Add(message, Field::kKeepFrames, profile.keep_frames);
  Add(message, Field::kTimeNanos, profile.time_nanos);
  Add(message, Field::kDurationNanos, profile.duration_nanos);
  if (profile.has_period_type) {
    message.add_message(Field::kPeriodType, Encode(profile.period_type));
  }
  Add(message, Field::kPeriod, profile.period);
  message.add_packed_int64(Field::kComment, profile.comments.begin(),
                           profile.comments.end());
  Add(message, Field::kDefaultSampleType, profile.default_sample_type);
  Add(message, Field::kDocUrl, profile.doc_url);
}

}  // namespace

std::string EncodePprof(const Profile& profile) {
  std::string bytes;
  ProfileBuilder message(bytes);
  AddTables(message, profile);
  AddTail(message, profile);
  return bytes;
}

}  // namespace pmcp::profile
