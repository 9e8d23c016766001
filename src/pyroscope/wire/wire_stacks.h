// Decodes the answers of SelectMergeStacktraces, SelectMergeSpanProfile and
// SelectMergeProfile.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stack_tree.h"
#include "pyroscope/wire/wire_reader.h"

namespace pmcp::pyroscope {

/// The stacks, from either of the two encodings: some servers answer every
/// request with a flame graph. Empty if the answer has neither.
Result<profile::StackTree> DecodeStacktraces(std::string_view endpoint,
                                             std::string_view message,
                                             const WireLimits& limits = {});

/// The profile of an answer in PROFILE_FORMAT_PPROF; nullopt if the server does
/// not support that format. A profile without samples may be an empty message.
Result<std::optional<profile::Profile>> DecodePprofAnswer(
    std::string_view message);

/// Decodes the answer of SelectMergeProfile, which is a profile or empty.
Result<profile::Profile> DecodeMergeProfile(std::string_view message);

}  // namespace pmcp::pyroscope
