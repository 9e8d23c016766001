// PruneFrames: applies drop_frames and keep_frames of a profile, as pprof's
// RemoveUninteresting does (github.com/google/pprof, profile/prune.go). Pure.
#pragma once

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// The regular expression drop_frames names functions of the profiler itself.
/// Below the first frame that it matches and keep_frames does not, nothing is
/// shown; the frame above gets the cost. Frames before the first user frame
/// stay. A regular expression that RE2 refuses is ignored, as is a location
/// whose removal would leave a stack empty. Samples keep their number.
void PruneFrames(profile::Profile& profile);

/// What drop_frames is matched against: `name` without a leading dot and
/// without its argument list. "(anonymous namespace)" and "operator()" stay.
std::string_view PrunedName(std::string_view name);

}  // namespace pmcp::store
