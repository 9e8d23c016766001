// DecodeSamples: the samples of a profile.proto message, which are nearly all
// of its bytes, on several threads. Part of the decoder.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "profile/pprof/id_index.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/pprof_count.h"

namespace pmcp::profile {

/// Fills `profile.samples`, whose strings and sample types are there; `counts`
/// is that of `message`. What is wrong with the first wrong sample, if any: the
/// samples are of no use then.
std::optional<Error> DecodeSamples(std::string_view message,
                                   const PprofCounts& counts,
                                   const IdIndex& locations, Profile& profile);

}  // namespace pmcp::profile
