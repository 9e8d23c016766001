// Answer: the data a source gives, and what its reader must know about it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace pmcp::source {

/// A fact that limits an answer, as a sentence for its reader: a file that
/// was left out, a window that a server clamped, a field that it ignores.
struct Notice {
  std::string text;
  friend bool operator==(const Notice&, const Notice&) = default;
};

template <typename T>
struct Answer {
  T data;
  std::vector<Notice> notices;
  /// Of stacks: how much of their total the source folded into functions called
  /// "other".
  std::int64_t folded = 0;
};

}  // namespace pmcp::source
