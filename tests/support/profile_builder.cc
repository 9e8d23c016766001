#include "tests/support/profile_builder.h"

#include <algorithm>
#include <iterator>

namespace pmcp::test {
namespace {

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

ProfileBuilder::ProfileBuilder(const Types& sample_types) {
  profile_.strings.Append("");
  for (const auto& [type, unit] : sample_types) {
    profile_.sample_types.push_back(
        {profile_.strings.Intern(type), profile_.strings.Intern(unit)});
  }
  profile_.samples.SetValueCount(sample_types.size());
}

ProfileBuilder& ProfileBuilder::Sample(std::string_view stack,
                                       const std::vector<std::int64_t>& values,
                                       const Labels& labels) {
  std::vector<std::uint32_t> locations;
  if (!stack.empty()) {
    std::ranges::transform(
        Split(stack, ';'), std::back_inserter(locations),
        [this](std::string_view part) { return Location(part); });
    std::reverse(locations.begin(), locations.end());
  }
  std::vector<profile::SampleLabel> sample_labels;
  for (const auto& [key, value] : labels) {
    sample_labels.push_back({.key = profile_.strings.Intern(key),
                             .str = profile_.strings.Intern(value)});
  }
  profile_.samples.Append(locations, values, sample_labels);
  return *this;
}

std::uint32_t ProfileBuilder::Location(std::string_view text) {
  const auto known = locations_.find(text);
  if (known != locations_.end()) return known->second;
  const auto index = static_cast<std::uint32_t>(profile_.locations.size());
  profile::Location location{.id = index + 1};
  location.first_line = static_cast<std::uint32_t>(profile_.lines.size());
  auto names = Split(text, '>');
  std::reverse(names.begin(), names.end());
  for (const std::string_view name : names) {
    profile_.lines.push_back({.function = Function(name), .line = index + 10});
    ++location.line_count;
  }
  profile_.locations.push_back(location);
  locations_.emplace(text, index);
  return index;
}

std::uint32_t ProfileBuilder::Function(std::string_view name) {
  const auto known = functions_.find(name);
  if (known != functions_.end()) return known->second;
  const auto index = static_cast<std::uint32_t>(profile_.functions.size());
  profile_.functions.push_back(
      {.id = index + 1, .name = profile_.strings.Intern(name)});
  functions_.emplace(name, index);
  return index;
}

}  // namespace pmcp::test
