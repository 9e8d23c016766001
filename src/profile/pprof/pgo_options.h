// PgoOptions: how a merged profile is made ready for profile-guided
// optimisation of Go programs (docs/pyroscope-behavior.md, "Merged pprof").
#pragma once

#include <cstdint>

namespace pmcp::profile {

struct PgoOptions {
  /// Locations to keep at the leaf of each stack; 0 keeps all.
  std::uint32_t keep_locations = 0;
  /// Forget the lines of locations that are a leaf, so that one function with
  /// one caller is one sample, wherever in it the program was.
  bool aggregate_callees = false;
};

}  // namespace pmcp::profile
