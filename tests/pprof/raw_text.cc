#include "tests/pprof/raw_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace pmcp::test {
namespace {

using profile::Location;
using profile::Mapping;
using profile::Profile;
using profile::SampleLabel;

std::string TypesText(const Profile& profile) {
  std::vector<std::string> types;
  for (const profile::ValueType& type : profile.sample_types) {
    types.push_back(fmt::format(
        "{}/{}{}", profile.strings[type.type], profile.strings[type.unit],
        profile.strings[type.type] ==
                profile.strings[profile.default_sample_type]
            ? "[dflt]"
            : ""));
  }
  return fmt::format("{}", fmt::join(types, " "));
}

/// Numbers are printed with their units if any of the same label has one.
std::string LabelsText(const Profile& profile, std::size_t sample,
                       bool are_numbers) {
  std::map<std::string_view, std::vector<SampleLabel>> by_key;
  for (const SampleLabel& label : profile.samples.labels(sample)) {
    if ((label.str == 0) != are_numbers) continue;
    by_key[profile.strings[label.key]].push_back(label);
  }
  std::vector<std::string> texts;
  for (const auto& [key, labels] : by_key) {
    const bool has_unit = std::ranges::any_of(
        labels, [](const SampleLabel& label) { return label.num_unit != 0; });
    std::vector<std::string> values;
    for (const SampleLabel& label : labels) {
      values.emplace_back(profile.strings[label.str]);
      if (!are_numbers) continue;
      values.back() = std::to_string(label.num);
      if (!has_unit) continue;
      values.back() += " " + std::string(profile.strings[label.num_unit]);
    }
    texts.push_back(fmt::format("{}:[{}]", key, fmt::join(values, " ")));
  }
  std::ranges::sort(texts);
  return fmt::format("{}", fmt::join(texts, " "));
}

void AddSample(const Profile& profile, std::size_t sample,
               std::vector<std::string>& lines) {
  std::string line;
  for (const std::int64_t value : profile.samples.values(sample)) {
    line += fmt::format(" {:10}", value);
  }
  line += ": ";
  for (const std::uint32_t location : profile.samples.locations(sample)) {
    line += fmt::format("{} ", profile.locations[location].id);
  }
  lines.push_back(line);
  for (const bool are_numbers : {false, true}) {
    const std::string labels = LabelsText(profile, sample, are_numbers);
    if (!labels.empty()) lines.push_back(std::string(16, ' ') + labels);
  }
}

void AddLocation(const Profile& profile, const Location& location,
                 std::vector<std::string>& lines) {
  std::string head = fmt::format("{:6}: {:#x} ", location.id, location.address);
  if (location.mapping < profile.mappings.size()) {
    head += fmt::format("M={} ", profile.mappings[location.mapping].id);
  }
  if (location.is_folded) head += "[F] ";
  if (location.line_count == 0) lines.push_back(head);
  for (const profile::Line& line : profile.LinesOf(location)) {
    const profile::Function& function = profile.functions[line.function];
    const std::string_view name = profile.strings[function.name];
    const std::string_view system_name = profile.strings[function.system_name];
    head += fmt::format("{} {}:{}:{} s={}", name,
                        profile.strings[function.filename], line.line,
                        line.column, function.start_line);
    if (name != system_name) head += fmt::format("({})", system_name);
    lines.push_back(head);
    head = std::string(13, ' ');
  }
}

std::string MappingText(const Profile& profile, const Mapping& mapping) {
  return fmt::format(
      "{}: {:#x}/{:#x}/{:#x} {} {} {}{}{}{}", mapping.id, mapping.memory_start,
      mapping.memory_limit, mapping.file_offset,
      profile.strings[mapping.filename], profile.strings[mapping.build_id],
      mapping.has_functions ? "[FN]" : "", mapping.has_filenames ? "[FL]" : "",
      mapping.has_line_numbers ? "[LN]" : "",
      mapping.has_inline_frames ? "[IN]" : "");
}

}  // namespace

std::vector<std::string> RawText(const Profile& profile) {
  std::vector<std::string> lines;
  for (const profile::StringId comment : profile.comments) {
    lines.push_back(fmt::format("Comment: {}", profile.strings[comment]));
  }
  if (profile.doc_url != 0) {
    lines.push_back(fmt::format("Doc: {}", profile.strings[profile.doc_url]));
  }
  lines.push_back(fmt::format("PeriodType: {} {}",
                              profile.strings[profile.period_type.type],
                              profile.strings[profile.period_type.unit]));
  lines.push_back(fmt::format("Period: {}", profile.period));
  lines.emplace_back("Samples:");
  lines.push_back(TypesText(profile));
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    AddSample(profile, i, lines);
  }
  lines.emplace_back("Locations");
  for (const Location& location : profile.locations) {
    AddLocation(profile, location, lines);
  }
  lines.emplace_back("Mappings");
  for (const Mapping& mapping : profile.mappings) {
    lines.push_back(MappingText(profile, mapping));
  }
  return lines;
}

}  // namespace pmcp::test
