#include "profile/pprof_encode.h"

#include <algorithm>
#include <limits>
#include <protozero/pbf_builder.hpp>

#include "profile/pprof_fields.h"

namespace pmcp::profile {
namespace {

using protozero::pbf_builder;

// What refers to nothing is written as an id that nothing has.
constexpr std::uint64_t kNoId = 0;
constexpr std::uint64_t kUnusedId = std::numeric_limits<std::uint64_t>::max();

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

using ProfileBuilder = pbf_builder<pprof_fields::Profile>;

void AddValueType(ProfileBuilder& profile, pprof_fields::Profile field,
                  const ValueType& type) {
  using Field = pprof_fields::ValueType;
  pbf_builder<Field> message(profile, field);
  Add(message, Field::kType, type.type);
  Add(message, Field::kUnit, type.unit);
}

void AddLabel(pbf_builder<pprof_fields::Sample>& sample,
              const SampleLabel& label) {
  using Field = pprof_fields::Label;
  pbf_builder<Field> message(sample, pprof_fields::Sample::kLabel);
  Add(message, Field::kKey, label.key);
  Add(message, Field::kStr, label.str);
  Add(message, Field::kNum, label.num);
  Add(message, Field::kNumUnit, label.num_unit);
}

void AddSamples(ProfileBuilder& builder, const Profile& profile) {
  using Field = pprof_fields::Sample;
  const SampleTable& samples = profile.samples;
  std::vector<std::uint64_t> ids;
  for (std::size_t row = 0; row < samples.size(); ++row) {
    pbf_builder<Field> message(builder, pprof_fields::Profile::kSample);
    ids.clear();
    for (const std::uint32_t location : samples.locations(row)) {
      ids.push_back(location == kNoIndex ? kNoId
                                         : profile.locations[location].id);
    }
    message.add_packed_uint64(Field::kLocationId, ids.begin(), ids.end());
    const auto values = samples.values(row);
    message.add_packed_int64(Field::kValue, values.begin(), values.end());
    for (const SampleLabel& label : samples.labels(row)) {
      AddLabel(message, label);
    }
  }
}

void AddMapping(ProfileBuilder& profile, const Mapping& mapping) {
  using Field = pprof_fields::Mapping;
  pbf_builder<Field> message(profile, pprof_fields::Profile::kMapping);
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
}

std::uint64_t MappingId(const Profile& profile, std::uint32_t mapping) {
  if (mapping == kNoIndex) return kNoId;
  if (mapping == kUnknownMapping) return kUnusedId;
  return profile.mappings[mapping].id;
}

void AddLocation(ProfileBuilder& builder, const Profile& profile,
                 const Location& location) {
  using Field = pprof_fields::Location;
  using LineField = pprof_fields::Line;
  pbf_builder<Field> message(builder, pprof_fields::Profile::kLocation);
  Add(message, Field::kId, location.id);
  Add(message, Field::kMappingId, MappingId(profile, location.mapping));
  Add(message, Field::kAddress, location.address);
  for (const Line& line : profile.LinesOf(location)) {
    pbf_builder<LineField> inner(message, Field::kLine);
    Add(inner, LineField::kFunctionId,
        line.function == kNoIndex ? kNoId
                                  : profile.functions[line.function].id);
    Add(inner, LineField::kLine, line.line);
    Add(inner, LineField::kColumn, line.column);
  }
  Add(message, Field::kIsFolded, location.is_folded);
}

void AddFunction(ProfileBuilder& profile, const Function& function) {
  using Field = pprof_fields::Function;
  pbf_builder<Field> message(profile, pprof_fields::Profile::kFunction);
  Add(message, Field::kId, function.id);
  Add(message, Field::kName, function.name);
  Add(message, Field::kSystemName, function.system_name);
  Add(message, Field::kFilename, function.filename);
  Add(message, Field::kStartLine, function.start_line);
}

void AddStrings(ProfileBuilder& builder, const StringTable& strings) {
  for (StringId id = 0; id < strings.size(); ++id) {
    builder.add_string(pprof_fields::Profile::kStringTable, strings[id].data(),
                       strings[id].size());
  }
}

void AddTail(ProfileBuilder& builder, const Profile& profile) {
  using Field = pprof_fields::Profile;
  Add(builder, Field::kDropFrames, profile.drop_frames);
  Add(builder, Field::kKeepFrames, profile.keep_frames);
  Add(builder, Field::kTimeNanos, profile.time_nanos);
  Add(builder, Field::kDurationNanos, profile.duration_nanos);
  if (profile.has_period_type) {
    AddValueType(builder, Field::kPeriodType, profile.period_type);
  }
  Add(builder, Field::kPeriod, profile.period);
  builder.add_packed_int64(Field::kComment, profile.comments.begin(),
                           profile.comments.end());
  Add(builder, Field::kDefaultSampleType, profile.default_sample_type);
  Add(builder, Field::kDocUrl, profile.doc_url);
}

}  // namespace

std::string EncodePprof(const Profile& profile) {
  std::string bytes;
  ProfileBuilder builder(bytes);
  for (const ValueType& type : profile.sample_types) {
    AddValueType(builder, pprof_fields::Profile::kSampleType, type);
  }
  AddSamples(builder, profile);
  for (const Mapping& mapping : profile.mappings) AddMapping(builder, mapping);
  for (const Location& location : profile.locations) {
    AddLocation(builder, profile, location);
  }
  for (const Function& function : profile.functions) {
    AddFunction(builder, function);
  }
  AddStrings(builder, profile.strings);
  AddTail(builder, profile);
  return bytes;
}

}  // namespace pmcp::profile
