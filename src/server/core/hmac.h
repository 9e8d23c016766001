// Hmac: HMAC-SHA-256 and random keys. The only user of libcrypto, which is
// loaded at the first use: most servers never need it.
//
// Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::server {

class Hmac {
 public:
  /// Returns 32 bytes of the system's random source, or kInternal.
  static Result<std::string> NewKey();
  /// Returns 32 bytes, or kInternal if libcrypto cannot be loaded.
  static Result<std::string> Sha256(std::string_view key,
                                    std::string_view message);
};

}  // namespace pmcp::server
