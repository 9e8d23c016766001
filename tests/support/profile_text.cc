#include "tests/support/profile_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

namespace pmcp::test {
namespace {

using profile::Location;
using profile::Profile;

std::string_view NameOf(const Profile& profile, std::uint32_t function) {
  if (function == profile::kNoIndex) return "(none)";
  return profile.strings[profile.functions[function].name];
}

std::string ShortText(const Profile& profile, const Location& location) {
  std::string text;
  const auto lines = profile.LinesOf(location);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    text += line == lines.rbegin() ? "" : ">";
    text += NameOf(profile, line->function);
  }
  return text;
}

std::string MappingText(const Profile& profile, std::uint32_t index) {
  if (index >= profile.mappings.size()) return "no mapping";
  const profile::Mapping& mapping = profile.mappings[index];
  return fmt::format("{} {} {:x}-{:x}+{:x} {}{}{}{}",
                     profile.strings[mapping.filename],
                     profile.strings[mapping.build_id], mapping.memory_start,
                     mapping.memory_limit, mapping.file_offset,
                     mapping.has_functions, mapping.has_filenames,
                     mapping.has_line_numbers, mapping.has_inline_frames);
}

std::string LongText(const Profile& profile, const Location& location) {
  std::string text = fmt::format("{:x} in ({}){}", location.address,
                                 MappingText(profile, location.mapping),
                                 location.is_folded ? " folded" : "");
  for (const profile::Line& line : profile.LinesOf(location)) {
    const profile::Function& function = profile.functions.at(line.function);
    text += fmt::format(", {} ({}) {}:{}:{} from {}",
                        profile.strings[function.name],
                        profile.strings[function.system_name],
                        profile.strings[function.filename], line.line,
                        line.column, function.start_line);
  }
  return text;
}

using LocationText =
    std::function<std::string(const Profile&, const Location&)>;

std::string SampleLines(const Profile& profile, const LocationText& text_of,
                        std::string_view between) {
  std::vector<std::string> lines;
  const profile::SampleTable& samples = profile.samples;
  for (std::size_t sample = 0; sample < samples.size(); ++sample) {
    std::vector<std::string> stack;
    for (const std::uint32_t location : samples.locations(sample)) {
      stack.push_back(text_of(profile, profile.locations.at(location)));
    }
    std::ranges::reverse(stack);
    lines.push_back(fmt::format("{} {}", fmt::join(stack, between),
                                fmt::join(samples.values(sample), " ")));
    if (!samples.labels(sample).empty()) lines.back() += " with labels";
  }
  std::ranges::sort(lines);
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

std::string TypeText(const Profile& profile, const profile::ValueType& type) {
  return fmt::format("{}/{}", profile.strings[type.type],
                     profile.strings[type.unit]);
}

}  // namespace

std::string StacksText(const Profile& profile) {
  return SampleLines(profile, ShortText, ";");
}

std::string FullText(const Profile& profile) {
  std::string text;
  for (const profile::ValueType& type : profile.sample_types) {
    text += TypeText(profile, type) + " ";
  }
  text += fmt::format("by default {}, period {} {}, time {} for {}\n",
                      profile.strings[profile.default_sample_type],
                      TypeText(profile, profile.period_type), profile.period,
                      profile.time_nanos, profile.duration_nanos);
  return text + SampleLines(profile, LongText, "\n    ");
}

}  // namespace pmcp::test
