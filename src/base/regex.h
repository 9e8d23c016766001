// Regex: a regular expression of a user, in RE2 syntax. Matching takes linear
// time; there are no back references.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace pmcp {

/// Immutable after Compile; thread-safe; cheap to copy.
class Regex {
 public:
  /// The maximum length of a pattern; longer ones are kTooLarge.
  static constexpr std::size_t kMaxPatternBytes = 4096;

  /// `what` names the pattern in the error ("focus").
  static Result<Regex> Compile(std::string_view what, std::string_view pattern);
  /// Matches `text` itself.
  static Result<Regex> CompileLiteral(std::string_view what,
                                      std::string_view text);
  /// The pattern that matches `text` itself.
  static std::string Quote(std::string_view text);
  /// As Prometheus compiles a matcher: `.` matches newlines too.
  static Result<Regex> CompileMatcher(std::string_view what,
                                      std::string_view pattern);

  /// The whole text matches.
  bool FullMatch(std::string_view text) const;
  /// Some part of the text matches.
  bool PartialMatch(std::string_view text) const;

 private:
  explicit Regex(std::shared_ptr<const re2::RE2> compiled);

  // Shared between copies: the compiled program is immutable and large.
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace pmcp
