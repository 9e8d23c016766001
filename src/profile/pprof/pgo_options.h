// PgoOptions: how a merged profile is prepared for the profile-guided
// optimization of Go programs (docs/pyroscope-behavior.md, "Merged pprof").
#pragma once

#include <cstdint>

namespace pmcp::profile {

struct PgoOptions {
  /// The number of locations to keep at the leaf of each stack; 0 keeps all.
  std::uint32_t keep_locations = 0;
  /// Remove the line numbers of leaf locations, so that all samples of a
  /// function with the same callers become one sample.
  bool aggregate_callees = false;
};

}  // namespace pmcp::profile
