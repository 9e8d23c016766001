// Answers of SelectMergeStacktraces, SelectMergeSpanProfile and
// SelectMergeProfile, decoded.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stack_tree.h"
#include "pyroscope/wire/wire_reader.h"

namespace pmcp::pyroscope {

/// The tree, whichever of the two encodings the server chose: some answer a
/// flame graph to any question. Neither: no stacks.
Result<profile::StackTree> DecodeStacktraces(std::string_view endpoint,
                                             std::string_view message,
                                             const WireLimits& limits = {});

/// The profile of an answer in PROFILE_FORMAT_PPROF; nullopt when the server
/// does not know that format and left it out. Without samples all of it may be
/// missing but the message around it.
Result<std::optional<profile::Profile>> DecodePprofAnswer(
    std::string_view message);

/// Of SelectMergeProfile, whose answer is a profile, or nothing at all.
Result<profile::Profile> DecodeMergeProfile(std::string_view message);

}  // namespace pmcp::pyroscope
