// Gzip of whole buffers, with a bound on what comes out of foreign bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_buffer.h"
#include "base/result.h"

namespace pmcp {

/// Begins with gzip's magic bytes.
bool IsGzip(std::string_view bytes);

/// All members of a gzip file, one after the other. kTooLarge when more than
/// `max_output_bytes` would come out, which is also the most memory that a bomb
/// can take; kInvalidArgument when the
/// data is cut short, damaged, or followed by something that is no member.
Result<ByteBuffer> Gunzip(std::string_view input, std::size_t max_output_bytes);

/// The same for one file after the other, with tables that are made once. Not
/// thread-safe.
class Gunzipper {
 public:
  Gunzipper();
  ~Gunzipper();
  Gunzipper(const Gunzipper&) = delete;
  Gunzipper& operator=(const Gunzipper&) = delete;

  /// Into `output`, in place of what is there.
  Result<void> Gunzip(std::string_view input, std::size_t max_output_bytes,
                      ByteBuffer& output);

 private:
  class Tables;
  std::unique_ptr<Tables> tables_;
};

/// One gzip member without a time or a name, so that equal input gives equal
/// bytes.
std::string Gzip(std::string_view input);

}  // namespace pmcp
