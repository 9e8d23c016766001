// ProfileLimits: how much memory the bytes of one file may take. Files come
// from strangers: a few kilobytes can inflate or decode to gigabytes.
#pragma once

#include <cstddef>

namespace pmcp::profile {

/// The default of ProfileLimits::inflated_bytes.
inline constexpr std::size_t kMaxInflatedBytes = 768u << 20;

struct ProfileLimits {
  /// Bytes of the file, after decompression.
  std::size_t inflated_bytes = kMaxInflatedBytes;
  /// Bytes of the decoded Profile in memory. Recorded profiles take about twice
  /// their inflated size; a crafted one (an empty label is 2 bytes in a file)
  /// takes 12 times as much.
  std::size_t decoded_bytes = 4 * kMaxInflatedBytes;
};

}  // namespace pmcp::profile
