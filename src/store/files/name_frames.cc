#include "store/files/name_frames.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace pmcp::store {
namespace {

using profile::Function;
using profile::Line;
using profile::Location;
using profile::Profile;

constexpr std::string_view kUnknown = "<unknown>";

class FrameNamer {
 public:
  explicit FrameNamer(Profile& profile) : profile_(profile) {}

  void NameAll() {
    for (Location& location : profile_.locations) {
      if (location.line_count == 0) AddLine(location);
      for (std::uint32_t i = 0; i < location.line_count; ++i) {
        NameLine(location, profile_.lines[location.first_line + i]);
      }
    }
  }

 private:
  bool HasName(std::uint32_t function) const {
    return !profile_.strings[profile_.functions[function].name].empty();
  }

  void AddLine(Location& location) {
    location.first_line = static_cast<std::uint32_t>(profile_.lines.size());
    location.line_count = 1;
    profile_.lines.push_back({.function = FunctionOf(location.mapping)});
  }

  void NameLine(const Location& location, Line& line) {
    if (HasName(line.function)) return;
    const profile::StringId system_name =
        profile_.functions[line.function].system_name;
    if (!profile_.strings[system_name].empty()) {
      profile_.functions[line.function].name = system_name;
    } else {
      line.function = FunctionOf(location.mapping);
    }
  }

  /// The function that stands for all unnamed frames of a mapping.
  std::uint32_t FunctionOf(std::uint32_t mapping) {
    const bool is_known = mapping < profile_.mappings.size();
    const auto [known, is_new] = function_of_mapping_.try_emplace(
        is_known ? mapping : profile::kNoIndex);
    if (is_new) {
      std::string name(kUnknown);
      if (is_known) {
        const std::string_view file =
            BaseName(profile_.strings[profile_.mappings[mapping].filename]);
        if (!file.empty()) name = "[" + std::string(file) + "]";
      }
      known->second = static_cast<std::uint32_t>(profile_.functions.size());
      profile_.functions.push_back({.id = known->second + std::uint64_t{1},
                                    .name = profile_.strings.Append(name)});
    }
    return known->second;
  }

  Profile& profile_;
  std::unordered_map<std::uint32_t, std::uint32_t> function_of_mapping_;
};

}  // namespace

void NameFrames(Profile& profile) {
  // Symbolized profiles, which most are, need nothing.
  const bool all_have_lines = std::ranges::none_of(
      profile.locations, [](const auto& l) { return l.line_count == 0; });
  const bool all_have_names =
      std::ranges::none_of(profile.functions, [&](const Function& function) {
        return profile.strings[function.name].empty();
      });
  if (all_have_lines && all_have_names) return;
  FrameNamer(profile).NameAll();
}

}  // namespace pmcp::store
