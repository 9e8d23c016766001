#include "profile/words/profile_type.h"

#include <fmt/core.h>

#include <vector>

namespace pmcp::profile {
namespace {

std::vector<std::string> SplitAtColons(std::string_view text) {
  std::vector<std::string> fields;
  while (true) {
    const std::size_t colon = text.find(':');
    fields.emplace_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return fields;
    text.remove_prefix(colon + 1);
  }
}

}  // namespace

std::string ProfileType::Id() const {
  return fmt::format("{}:{}:{}:{}:{}", name, sample_type, sample_unit,
                     period_type, period_unit);
}

Result<ProfileType> ProfileType::Parse(std::string_view id) {
  const std::vector<std::string> fields = SplitAtColons(id);
  if (fields.size() != 5 && fields.size() != 6) {
    return InvalidArgument(
        fmt::format(
            "profile type \"{}\" has {} of the 5 fields name:sample_type"
            ":sample_unit:period_type:period_unit",
            id, fields.size()),
        "Give a full ID, for example "
        "process_cpu:cpu:nanoseconds:cpu:nanoseconds.");
  }
  return ProfileType{fields[0], fields[1], fields[2], fields[3], fields[4]};
}

}  // namespace pmcp::profile
