#include "tools/answer/series_labels.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace pmcp::tools {

using profile::Label;

std::string ValueOf(std::span<const Label> labels, std::string_view name) {
  const auto found =
      std::find_if(labels.begin(), labels.end(),
                   [name](const Label& label) { return label.name == name; });
  return found == labels.end() ? std::string() : found->value;
}

std::string FormatLabels(std::span<const Label> labels) {
  std::string text = "{";
  for (const auto& label : labels) {
    text += fmt::format("{}{}={}", text.size() > 1 ? ", " : "", label.name,
                        label.value);
  }
  return text + "}";
}

std::string UpperCase(std::string_view name) {
  std::string text(name);
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::vector<std::string> TopCardinalityLabels(
    std::span<const std::span<const Label>> sets, std::size_t limit) {
  std::map<std::string_view, std::set<std::string_view>> values;
  for (const auto& labels : sets) {
    for (const Label& label : labels) values[label.name].insert(label.value);
  }
  std::vector<std::string> names;
  for (const auto& [name, of_name] : values) names.emplace_back(name);
  std::ranges::stable_sort(
      names, std::ranges::greater(),
      [&values](const std::string& name) { return values[name].size(); });
  names.resize(std::min(names.size(), limit));
  return names;
}

std::string DescribeGroups(std::span<const std::string> group_by) {
  if (group_by.empty()) return "all series together";
  return "grouped by " + Join(group_by, ", ");
}

std::string NoSuchLabel(std::string_view name) {
  std::string note = fmt::format("No series shown has a label \"{}\"; ", name);
  if (name.find(',') == std::string_view::npos) {
    return note + "list_labels shows the labels.";
  }
  std::vector<std::string> names;
  while (!name.empty()) names.emplace_back(TakeFromList(name));
  return note + fmt::format("give several labels as a list: group_by=[\"{}\"].",
                            Join(names, "\",\""));
}

}  // namespace pmcp::tools
