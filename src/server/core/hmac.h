// Hmac: HMAC-SHA-256 with a key of the system's random source. The only file
// that knows the crypto library, which is opened at the first use: a server
// that never seals anything does not pay for it.
//
// Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::server {

class Hmac {
 public:
  /// 32 bytes. kInternal when there is no crypto library or no randomness.
  static Result<std::string> NewKey();
  /// 32 bytes.
  static Result<std::string> Sha256(std::string_view key,
                                    std::string_view message);
};

}  // namespace pmcp::server
