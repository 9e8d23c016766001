// CounterSketch: a sample of the stacks of a profile whose values count since
// the start of its process. Comparing two sketches tells whether the later
// profile continues the counters of the earlier one: a counter never falls.
// Pure.
//
// The Go runtime counts this way in its profiles heap, allocs, mutex and block
// (package runtime/pprof). Profiles of a period, which the same names may
// stand for, are told apart by a duration, by their name, and by values that
// fall.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

struct CounterSketch {
  struct Stack {
    std::uint64_t hash = 0;  // of the names of its functions
    std::int64_t value = 0;  // of the last type that is a counter
  };
  /// Sorted by hash, at most kMostSketched. Empty if the profile has no
  /// counters.
  std::vector<Stack> stacks;
  /// Where Linux placed the vDSO, at random for each process; 0: unknown.
  std::uint64_t vdso = 0;
};

/// Sketches take the stacks with the smallest hashes, so two of them have the
/// same stacks, as far as both profiles have these.
inline constexpr std::size_t kMostSketched = 64;

/// Whether Go's profiles count values of this type since the start of the
/// process: "alloc_space", "alloc_objects", "contentions" and "delay".
bool IsCounterType(std::string_view sample_type);

/// Empty for a profile of a period: one that states a duration, or whose file
/// or `profile_name` (the label `__name__`) says that it is a delta, as the
/// profilers of Pyroscope and Datadog name theirs. Empty also for a difference
/// of profiles, which has negative values.
CounterSketch SketchCounters(const profile::Profile& profile,
                             std::string_view path,
                             std::string_view profile_name);

/// Whether no value of `earlier` is larger in `later`. Both have stacks.
bool Continues(const CounterSketch& later, const CounterSketch& earlier);

}  // namespace pmcp::store
