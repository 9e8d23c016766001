// DecodeSamples: decodes the samples of a profile.proto message, which are
// nearly all of its bytes, on several threads. Part of the decoder.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "profile/pprof/id_index.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/pprof_count.h"

namespace pmcp::profile {

/// Fills `profile.samples`. The strings, sample types and locations of
/// `profile` are decoded already; `counts` is that of `message`. Returns the
/// error of the first invalid sample, if any; the samples are unusable then.
std::optional<Error> DecodeSamples(std::string_view message,
                                   const PprofCounts& counts,
                                   const IdIndex& locations, Profile& profile);

}  // namespace pmcp::profile
