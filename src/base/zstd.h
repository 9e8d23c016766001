// Zstandard of whole buffers, with a bound on what comes out of foreign bytes.
// Format: RFC 8878.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/byte_buffer.h"
#include "base/result.h"

namespace pmcp {

/// Begins with the magic bytes of a frame of zstd.
bool IsZstd(std::string_view bytes);

/// All frames of a file, one after the other. kTooLarge when more than
/// `max_output_bytes` would come out, kInvalidArgument when the data is cut
/// short or damaged. Needs a window of at most 128 MiB, as `zstd` itself does.
Result<ByteBuffer> Unzstd(std::string_view input, std::size_t max_output_bytes);

/// The first bytes of what `input` decompresses to, at most `max_output_bytes`.
/// `input` may be cut short. Empty when it is no zstd data.
std::string UnzstdPrefix(std::string_view input, std::size_t max_output_bytes);

}  // namespace pmcp
