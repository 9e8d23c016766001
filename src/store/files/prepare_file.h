// What the rules for files do to a decoded profile (IngestRules::kAsFiles). The
// counterpart of Normalize, which does what a Pyroscope server does. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// An error when a sample refers to a location, or a line to a function, that
/// the profile does not have: pprof refuses such a file, and what the sample
/// costs belongs nowhere. Its words follow the name of the file.
Result<void> CheckReferences(const profile::Profile& profile);

/// Makes the profile what `go tool pprof` shows of it: frames have names,
/// drop_frames are dropped, labels are text. Samples keep their number and
/// order. Appends remarks about what was left out or computed; they follow the
/// name of the file.
Result<void> PrepareFile(profile::Profile& profile,
                         std::vector<std::string>& remarks);

}  // namespace pmcp::store
