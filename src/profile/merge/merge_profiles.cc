#include "profile/merge/merge_profiles.h"

#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

template <typename Numbers>
std::string_view KeyOf(const Numbers& numbers) {
  return {reinterpret_cast<const char*>(std::data(numbers)),
          std::size(numbers) * sizeof(*std::data(numbers))};
}

}  // namespace

// Translates what one profile refers to, each once.
class MergedProfiles::Import {
 public:
  Import(const Profile& from, MergedProfiles& into)
      : from_(from),
        into_(into),
        mapping_of_(from.mappings.size(), kNoIndex),
        function_of_(from.functions.size(), kNoIndex),
        location_of_(from.locations.size(), kNoIndex) {}

  std::uint32_t LocationOf(std::uint32_t index) {
    std::uint32_t& known = location_of_[index];
    if (known != kNoIndex) return known;
    Location location = from_.locations[index];
    location.mapping = MappingOf(location.mapping);
    lines_.clear();
    for (const Line& line : from_.LinesOf(location)) {
      if (line.function == kNoIndex) continue;
      lines_.push_back(
          {.function = FunctionOf(line.function), .line = line.line});
    }
    return known = into_.LocationFor(location, lines_);
  }

 private:
  // As the server, a location without a mapping gets one that says nothing.
  std::uint32_t MappingOf(std::uint32_t index) {
    if (index >= from_.mappings.size()) return into_.MappingFor({});
    std::uint32_t& known = mapping_of_[index];
    if (known == kNoIndex) {
      Mapping mapping = from_.mappings[index];
      mapping.filename = StringOf(mapping.filename);
      mapping.build_id = StringOf(mapping.build_id);
      known = into_.MappingFor(mapping);
    }
    return known;
  }

  std::uint32_t FunctionOf(std::uint32_t index) {
    std::uint32_t& known = function_of_[index];
    if (known == kNoIndex) {
      Function function = from_.functions[index];
      function.name = StringOf(function.name);
      function.system_name = StringOf(function.system_name);
      function.filename = StringOf(function.filename);
      known = into_.FunctionFor(function);
    }
    return known;
  }

  StringId StringOf(StringId string) {
    return into_.merged_.strings.Intern(from_.strings[string]);
  }

  const Profile& from_;
  MergedProfiles& into_;
  // Indices into the merged tables; kNoIndex: not asked for yet.
  std::vector<std::uint32_t> mapping_of_;
  std::vector<std::uint32_t> function_of_;
  std::vector<std::uint32_t> location_of_;
  std::vector<Line> lines_;
};

MergedProfiles::MergedProfiles() {
  merged_.strings.Append("");
  merged_.samples.SetValueCount(1);
}

void MergedProfiles::Add(const Profile& profile,
                         std::span<const SamplePick> picks,
                         std::size_t keep_locations) {
  Import import(profile, *this);
  std::vector<std::uint32_t> stack;
  for (const SamplePick& pick : picks) {
    stack.clear();
    for (const std::uint32_t index : profile.samples.locations(pick.sample)) {
      if (stack.size() == keep_locations) break;
      if (index != kNoIndex) stack.push_back(import.LocationOf(index));
    }
    if (!stack.empty()) AddStack(stack, pick.value);
  }
}

void MergedProfiles::Add(const Profile& profile) {
  std::vector<SamplePick> picks;
  picks.reserve(profile.samples.size());
  for (std::uint32_t sample = 0; sample < profile.samples.size(); ++sample) {
    picks.push_back({sample, profile.samples.values(sample).front()});
  }
  Add(profile, picks);
}

std::uint32_t MergedProfiles::MappingFor(const Mapping& mapping) {
  const std::array<std::uint64_t, 9> key = {
      mapping.memory_start,     mapping.memory_limit,
      mapping.file_offset,      mapping.filename,
      mapping.build_id,         mapping.has_functions,
      mapping.has_filenames,    mapping.has_line_numbers,
      mapping.has_inline_frames};
  const std::uint32_t index = mapping_keys_.Intern(KeyOf(key));
  if (index == merged_.mappings.size()) {
    merged_.mappings.push_back(mapping);
    merged_.mappings.back().id = index + 1;
  }
  return index;
}

std::uint32_t MergedProfiles::FunctionFor(const Function& function) {
  const std::array<std::int64_t, 4> key = {function.name, function.system_name,
                                           function.filename,
                                           function.start_line};
  const std::uint32_t index = function_keys_.Intern(KeyOf(key));
  if (index == merged_.functions.size()) {
    merged_.functions.push_back(function);
    merged_.functions.back().id = index + 1;
  }
  return index;
}

// Columns are not compared and not kept: Pyroscope does not store them.
std::uint32_t MergedProfiles::LocationFor(const Location& location,
                                          std::span<const Line> lines) {
  std::vector<std::uint64_t> key = {location.mapping, location.address};
  for (const Line& line : lines) {
    key.push_back(line.function);
    key.push_back(static_cast<std::uint64_t>(line.line));
  }
  const std::uint32_t index = location_keys_.Intern(KeyOf(key));
  if (index == merged_.locations.size()) {
    merged_.locations.push_back(
        {.id = index + 1,
         .address = location.address,
         .mapping = location.mapping,
         .first_line = static_cast<std::uint32_t>(merged_.lines.size()),
         .line_count = static_cast<std::uint32_t>(lines.size()),
         .is_folded = location.is_folded});
    merged_.lines.insert(merged_.lines.end(), lines.begin(), lines.end());
  }
  return index;
}

void MergedProfiles::AddStack(std::span<const std::uint32_t> locations,
                              std::int64_t value) {
  const std::uint32_t stack = stacks_.Intern(KeyOf(locations));
  if (stack == sums_.size()) {
    sums_.push_back(0);
    stack_locations_ += locations.size();
  }
  sums_[stack] = WrappingAdd(sums_[stack], value);
}

Profile MergedProfiles::Finish() && {
  merged_.samples.Reserve(sums_.size(), stack_locations_, 0);
  std::vector<std::uint32_t> locations;
  for (std::uint32_t stack = 0; stack < sums_.size(); ++stack) {
    const std::string_view key = stacks_[stack];
    locations.resize(key.size() / sizeof(std::uint32_t));
    std::memcpy(locations.data(), key.data(), key.size());
    merged_.samples.Append(locations, std::span(&sums_[stack], 1), {});
  }
  return std::move(merged_);
}

}  // namespace pmcp::profile
