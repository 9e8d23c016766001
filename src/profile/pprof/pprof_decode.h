// DecodePprof: decodes a profile.proto message, not compressed, into a Profile.
//
// The bytes are untrusted: every length, index and id is checked. Messages that
// Pyroscope refuses are refused (docs/pyroscope-behavior.md, "Ingest"). What
// Pyroscope repairs is kept unchanged; store/pushed/normalize repairs it.
// Throws nothing.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/profile_limits.h"

namespace pmcp::profile {

/// Errors are kInvalidArgument or kTooLarge. Their messages follow the name of
/// a file and ":" ("is cut short", "refers to string 17 of 12").
Result<Profile> DecodePprof(std::string_view message,
                            const ProfileLimits& limits = {});

/// Where the strings of a decoded profile are.
enum class Strings : std::uint8_t {
  kCopied,  // in the profile
  kViews    // in the message, which outlives them
};

/// Decodes as DecodePprof does, into a profile whose memory is reused. The
/// content of `profile` is unspecified after an error.
Result<void> DecodePprofInto(std::string_view message, Profile& profile,
                             const ProfileLimits& limits = {},
                             Strings strings = Strings::kViews);

}  // namespace pmcp::profile
