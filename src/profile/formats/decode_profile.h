// DecodeProfile: decodes the bytes of a file into a Profile. The only place
// that decides how a file is compressed and which format it has.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/byte_buffer.h"
#include "base/gzip.h"
#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/profile_limits.h"

namespace pmcp::profile {

/// Decodes a file, compressed with gzip or zstd or not. `name`
/// is the file's name or path, by whose ending a format may be recognized.
/// Errors are kInvalidArgument or kTooLarge. Their messages follow the name of
/// the file and ":" ("is cut short", "refers to string 17 of 12").
Result<Profile> DecodeProfile(ByteBuffer bytes, std::string_view name,
                              const ProfileLimits& limits = {});

/// Decodes file after file and reuses its buffers: for a small profile,
/// allocating memory and touching it for the first time takes longer than
/// decoding. Not thread-safe.
class ProfileDecoder {
 public:
  explicit ProfileDecoder(const ProfileLimits& limits = {}) : limits_(limits) {}

  /// Decodes as DecodeProfile does, into profile(). The strings of the profile
  /// are views of `bytes` or of a buffer of the decoder: they are valid until
  /// the next call, as long as `bytes` does not change. If the file inflates to
  /// more than kKeptBytes, `bytes` is freed as soon as it is inflated.
  Result<void> Decode(ByteBuffer& bytes, std::string_view name);
  /// Unspecified after an error.
  Profile& profile() { return profile_; }

  /// Frees `bytes` and all buffers if the last file had more than kKeptBytes,
  /// and returns whether it did. To be called once profile() is used.
  bool FreeLargeBuffers(ByteBuffer& bytes);

  /// The size of a file whose buffers are kept for the next file.
  static constexpr std::size_t kKeptBytes = std::size_t{1} << 20;

 private:
  friend Result<Profile> DecodeProfile(ByteBuffer bytes, std::string_view name,
                                       const ProfileLimits& limits);

  Result<void> Decode(ByteBuffer& bytes, std::string_view name,
                      Strings strings);
  Result<std::string_view> Inflate(ByteBuffer& bytes);

  const ProfileLimits limits_;
  Gunzipper gunzipper_;
  ByteBuffer inflated_;
  Profile profile_;
};

}  // namespace pmcp::profile
