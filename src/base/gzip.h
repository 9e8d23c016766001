// Compresses and decompresses whole buffers with gzip. The size of decompressed
// output is bounded.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_buffer.h"
#include "base/result.h"

namespace pmcp {

/// Whether `bytes` begin with gzip's magic number.
bool IsGzip(std::string_view bytes);

/// Decompresses all members of a gzip file and concatenates them. Returns
/// kTooLarge if the output exceeds `max_output_bytes`, which also bounds the
/// memory that a decompression bomb can use; kInvalidArgument if the data is
/// truncated, damaged, or followed by bytes that are not a member.
Result<ByteBuffer> Gunzip(std::string_view input, std::size_t max_output_bytes);

/// The first bytes of what `input` inflates to, at most `max_output_bytes`.
/// `input` may be cut short. Empty when it is no gzip data.
std::string GunzipPrefix(std::string_view input, std::size_t max_output_bytes);

/// Gunzip for one file after the other, with tables that are made once. Not
/// thread-safe.
class Gunzipper {
 public:
  Gunzipper();
  ~Gunzipper();
  Gunzipper(const Gunzipper&) = delete;
  Gunzipper& operator=(const Gunzipper&) = delete;

  /// As the function Gunzip; replaces the contents of `output`.
  Result<void> Gunzip(std::string_view input, std::size_t max_output_bytes,
                      ByteBuffer& output);

 private:
  class Tables;
  std::unique_ptr<Tables> tables_;
};

/// Compresses `input` into one gzip member without a time or a name, so that
/// equal inputs give equal bytes.
std::string Gzip(std::string_view input);

}  // namespace pmcp
