// PprofMerge: adds up samples of any number of profiles into one pprof profile
// of one sample type, as Pyroscope's SelectMergeProfile answers (reference
// 3.5). Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "profile/pprof.h"
#include "profile/profile_type.h"
#include "profile/stacks.h"

namespace pmcp::profile {

/// For profile-guided optimisation of Go programs.
struct PgoOptions {
  /// Locations to keep at the leaf of each stack; 0 keeps all.
  std::uint32_t keep_locations = 0;
  /// Forget the line of the leaf, so that calls from one place are one.
  bool aggregate_callees = false;
};

class PprofMerge {
 public:
  /// `end` becomes the time of the merged profile.
  PprofMerge(const ProfileType& type, TimePointMs end,
             std::optional<PgoOptions> pgo = std::nullopt);

  /// Adds samples: equal functions, locations, mappings and stacks of
  /// different profiles become one. Stacks without locations are dropped, and
  /// all sample labels.
  void Add(const Profile& profile, std::span<const SamplePick> picks);

  /// One sample per different stack; ids from 1.
  Profile Finish() &&;
};

}  // namespace pmcp::profile
