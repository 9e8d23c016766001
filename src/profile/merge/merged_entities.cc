#include "profile/merge/merged_entities.h"

#include <array>
#include <string_view>

namespace pmcp::profile {
namespace {

template <typename Numbers>
std::string_view KeyOf(const Numbers& numbers) {
  return {reinterpret_cast<const char*>(std::data(numbers)),
          std::size(numbers) * sizeof(*std::data(numbers))};
}

/// The size of a mapping, rounded up to whole pages.
std::uint64_t PagesOf(const Mapping& mapping) {
  constexpr std::uint64_t kPage = 0x1000;
  const std::uint64_t size =
      mapping.memory_limit - mapping.memory_start + kPage - 1;
  return size - size % kPage;
}

}  // namespace

MergedEntities::MergedEntities(Profile& merged) : merged_(merged) {
  merged_.strings.Append("");
}

void MergedEntities::Begin(const Profile& from) {
  from_ = &from;
  string_of_.assign(from.strings.size(), kNoIndex);
  mapping_of_.assign(from.mappings.size(), {});
  function_of_.assign(from.functions.size(), kNoIndex);
  location_of_.assign(from.locations.size(), kNoIndex);
  // The first mapping is that of the main program.
  if (merged_.mappings.empty() && !from.mappings.empty()) MappingOf(0);
}

StringId MergedEntities::StringOf(StringId string) {
  StringId& known = string_of_[string];
  if (known == kNoIndex) known = merged_.strings.Intern(from_->strings[string]);
  return known;
}

std::uint32_t MergedEntities::LocationOf(std::uint32_t index) {
  std::uint32_t& known = location_of_[index];
  if (known != kNoIndex) return known;
  Location location = from_->locations[index];
  lines_.clear();
  for (const Line& line : from_->LinesOf(location)) {
    lines_.push_back({.function = FunctionOf(line.function),
                      .line = line.line,
                      .column = line.column});
  }
  const MappingPlace mapping = MappingOf(location.mapping);
  location.mapping = mapping.index;
  location.address += mapping.shift;
  return known = LocationFor(location, lines_);
}

MergedEntities::MappingPlace MergedEntities::MappingOf(std::uint32_t index) {
  if (index >= from_->mappings.size()) return {};
  MappingPlace& known = mapping_of_[index];
  if (known.index != kNoIndex) return known;
  Mapping mapping = from_->mappings[index];
  mapping.filename = StringOf(mapping.filename);
  mapping.build_id = StringOf(mapping.build_id);
  known.index = MappingFor(mapping);
  known.shift =
      merged_.mappings[known.index].memory_start - mapping.memory_start;
  return known;
}

std::uint32_t MergedEntities::FunctionOf(std::uint32_t index) {
  if (index == kNoIndex) return kNoIndex;
  std::uint32_t& known = function_of_[index];
  if (known != kNoIndex) return known;
  Function function = from_->functions[index];
  function.name = StringOf(function.name);
  function.system_name = StringOf(function.system_name);
  function.filename = StringOf(function.filename);
  return known = FunctionFor(function);
}

// The build id tells binaries apart, else the file does.
std::uint32_t MergedEntities::MappingFor(Mapping mapping) {
  const std::array<std::uint64_t, 3> key = {
      PagesOf(mapping), mapping.file_offset,
      mapping.build_id != 0 ? mapping.build_id : mapping.filename};
  const std::uint32_t index = mapping_keys_.Intern(KeyOf(key));
  if (index == merged_.mappings.size()) {
    mapping.id = index + 1;
    merged_.mappings.push_back(mapping);
  }
  return index;
}

std::uint32_t MergedEntities::FunctionFor(const Function& function) {
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

std::uint32_t MergedEntities::LocationFor(const Location& location,
                                          std::span<const Line> lines) {
  std::vector<std::uint64_t> key = {location.mapping, location.address,
                                    location.is_folded};
  for (const Line& line : lines) {
    key.push_back(line.function);
    key.push_back(static_cast<std::uint64_t>(line.line));
    key.push_back(static_cast<std::uint64_t>(line.column));
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

std::size_t MergedEntities::memory_bytes() const {
  return mapping_keys_.memory_bytes() + function_keys_.memory_bytes() +
         location_keys_.memory_bytes();
}

}  // namespace pmcp::profile
