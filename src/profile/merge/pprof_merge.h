// PprofMerge: merges samples of any number of profiles into one pprof profile
// of one sample type, as Pyroscope's SelectMergeProfile answers
// (docs/pyroscope-behavior.md, "Merged pprof"). Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/clock.h"
#include "profile/merge/merge_profiles.h"
#include "profile/pprof/pgo_options.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "profile/words/profile_type.h"

namespace pmcp::profile {

class PprofMerge {
 public:
  /// `end` becomes the time of the merged profile. If `max_nodes` is above 0,
  /// the result is truncated to about that many nodes (TruncateSamples); with
  /// `pgo` it is ignored.
  PprofMerge(ProfileType type, TimePointMs end,
             std::optional<PgoOptions> pgo = std::nullopt,
             std::int64_t max_nodes = 0);

  /// Adds samples. Equal functions, locations, mappings and stacks of different
  /// profiles become one. Drops stacks without locations, and all sample
  /// labels.
  void Add(const Profile& profile, std::span<const SamplePick> picks);

  /// One sample per different stack; ids count from 1. If nothing was added,
  /// the profile has its sample type but no samples.
  Profile Finish() &&;

 private:
  Profile Samples() &&;

  ProfileType type_;
  TimePointMs end_;
  std::optional<PgoOptions> pgo_;
  std::int64_t max_nodes_;
  MergedProfiles merge_;
};

}  // namespace pmcp::profile
