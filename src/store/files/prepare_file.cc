#include "store/files/prepare_file.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "profile/formats/demangle.h"
#include "store/files/file_labels.h"
#include "store/files/name_frames.h"
#include "store/files/prune_frames.h"
#include "store/files/sample_period.h"

namespace pmcp::store {
namespace {

using profile::Profile;

Error Broken(std::string message) {
  return InvalidArgument(std::move(message), "Record the profile again.");
}

/// Functions get the names that people wrote. The mangled ones stay in the
/// file, and so in exports.
void DemangleNames(Profile& profile) {
  for (profile::Function& function : profile.functions) {
    const std::string_view name = profile.strings[function.name];
    if (!name.starts_with('_')) continue;
    if (const auto demangled = profile::Demangle(name)) {
      function.name = profile.strings.Append(*demangled);
    }
  }
}

}  // namespace

Result<void> CheckReferences(const Profile& profile) {
  // No early exit: the loop becomes vector instructions.
  bool is_location_missing = false;
  for (const std::uint32_t location : profile.samples.all_locations()) {
    is_location_missing |= location == profile::kNoIndex;
  }
  if (is_location_missing) {
    return Broken("has a sample that refers to a location that is missing");
  }
  if (std::ranges::find(profile.lines, profile::kNoIndex,
                        &profile::Line::function) != profile.lines.end()) {
    return Broken("has a location that refers to a function that is missing");
  }
  return {};
}

Result<void> PrepareFile(Profile& profile, std::vector<std::string>& remarks) {
  PMCP_TRY_VOID(CheckReferences(profile));
  TidyFileLabels(profile, remarks);
  CountsAsCpuTime(profile, remarks);
  DemangleNames(profile);
  PruneFrames(profile);
  NameFrames(profile);
  return {};
}

}  // namespace pmcp::store
