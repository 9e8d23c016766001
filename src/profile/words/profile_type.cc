#include "profile/words/profile_type.h"

#include <fmt/format.h>

#include <vector>

namespace pmcp::profile {
namespace {

std::vector<std::string> SplitAtColons(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t colon = text.find(':');
    parts.emplace_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

std::string ProfileType::Id() const {
  return fmt::format("{}:{}:{}:{}:{}", name, sample_type, sample_unit,
                     period_type, period_unit);
}

Result<ProfileType> ProfileType::Parse(std::string_view id) {
  const std::vector<std::string> parts = SplitAtColons(id);
  if (parts.size() != 5 && parts.size() != 6) {
    return InvalidArgument(
        fmt::format("profile type \"{}\" has {} of the 5 parts name:sample_type"
                    ":sample_unit:period_type:period_unit",
                    id, parts.size()),
        "Give a full ID, for example "
        "process_cpu:cpu:nanoseconds:cpu:nanoseconds.");
  }
  return ProfileType{parts[0], parts[1], parts[2], parts[3], parts[4]};
}

}  // namespace pmcp::profile
