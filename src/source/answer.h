// Answer: the data that a source returns, with notices about its limits.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace pmcp::source {

/// A sentence about what limits an answer: a file that was skipped, a window
/// that a server shortened.
struct Notice {
  std::string text;
  friend bool operator==(const Notice&, const Notice&) = default;
};

template <typename T>
struct Answer {
  T data;
  std::vector<Notice> notices;
  /// For stacks: the part of their total that the source folded into functions
  /// called "other".
  std::int64_t folded = 0;
};

}  // namespace pmcp::source
