// TruncateSamples: truncates the samples of a pprof profile as truncate.h
// truncates a tree. Samples keep their lines and files
// (docs/pyroscope-behavior.md, "Merged pprof"). Pure.
#pragma once

#include <cstdint>

#include "profile/pprof/pprof.h"

namespace pmcp::profile {

/// `merged` and the result are profiles of MergedProfiles. Cuts the nodes that
/// TruncateStored cuts. As in Pyroscope, the first cut function of a stack is
/// kept, and its callees become one location "other". Stacks of cut functions
/// only become one sample "other".
Profile TruncateSamples(Profile merged, std::int64_t max_nodes);

}  // namespace pmcp::profile
