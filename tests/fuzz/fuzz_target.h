// What a fuzz target is: one function that is given any bytes and ends the
// process when an invariant does not hold.
//
// libFuzzer calls it with bytes of its own, replay_main.cc with the files of a
// corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace pmcp::test {

inline std::string_view ToText(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A refusal of foreign bytes says whose fault it is, what is wrong, and what
/// to do.
inline void CheckTeaches(const Error& error) {
  PMCP_CHECK(error.kind == ErrorKind::kInvalidArgument ||
             error.kind == ErrorKind::kTooLarge);
  PMCP_CHECK(!error.message.empty() && !error.message.ends_with('.'));
  PMCP_CHECK(!error.hint.empty());
}

}  // namespace pmcp::test
