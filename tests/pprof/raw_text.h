// RawText: a profile as `go tool pprof -raw` prints it.
#pragma once

#include <string>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::test {

/// The lines of github.com/google/pprof, profile.Profile.String, without those
/// of the time and the duration, which it rounds.
std::vector<std::string> RawText(const profile::Profile& profile);

}  // namespace pmcp::test
