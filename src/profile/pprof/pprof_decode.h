// DecodePprof: bytes of a pprof file into a Profile.
//
// Bytes are foreign: every length, index and id is checked. What a real
// Pyroscope refuses is refused (docs/pyroscope-behavior.md, "Ingest"), what it
// mends is left as it came for store/normalize. Throws nothing.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/byte_buffer.h"
#include "base/result.h"
#include "profile/pprof/pprof.h"

namespace pmcp::profile {

/// A file may inflate to this much at most.
inline constexpr std::size_t kMaxInflatedBytes = 768u << 20;

/// What foreign bytes may cost at most.
struct PprofLimits {
  std::size_t inflated_bytes = kMaxInflatedBytes;
  /// Of the Profile in memory. Real ones take about twice their bytes; a
  /// crafted one (an empty label is 2 bytes in a file) 12 times as much.
  std::size_t decoded_bytes = 4 * kMaxInflatedBytes;
};

/// Gzipped (one member or several) or raw. Errors are kInvalidArgument or
/// kTooLarge, and say what is wrong in words that follow a file name and ":"
/// ("is cut short", "names string 17 of 12").
Result<Profile> DecodePprof(std::string_view file,
                            const PprofLimits& limits = {});

/// The same, but lets the bytes of the file go as soon as they are inflated:
/// for large ones.
Result<Profile> DecodePprof(ByteBuffer file, const PprofLimits& limits = {});

/// The same of bytes that are not compressed, into a profile whose memory is
/// used again, and without a copy of the strings: `message` outlives them. On
/// an error there is garbage in `profile`.
Result<void> DecodePprofInto(std::string_view message, Profile& profile,
                             const PprofLimits& limits = {});

/// The same for bytes that are not compressed.
Result<Profile> DecodeRawPprof(std::string_view message,
                               const PprofLimits& limits = {});

}  // namespace pmcp::profile
