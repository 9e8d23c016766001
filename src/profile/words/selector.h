// LabelSelector: PromQL matchers over a label set, `{pod="a",zone!~"b.*"}`.
//
// Strict, as Pyroscope is (docs/pyroscope-behavior.md, "Label selectors"):
// braces are required, the empty string is refused. Leniency is
// tools/query_args' matter. Immutable; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/regex.h"
#include "base/result.h"
#include "profile/words/labels.h"
#include "profile/words/promql_string.h"

namespace pmcp::profile {

enum class MatchOp { kEqual, kNotEqual, kRegex, kNotRegex };

/// "=", "!=", "=~" or "!~".
std::string_view Symbol(MatchOp op);

/// One condition. A label that is not there has the value "".
struct Matcher {
  std::string name;
  MatchOp op = MatchOp::kEqual;
  std::string value;
  std::optional<Regex> regex;  // set for kRegex and kNotRegex

  bool Matches(std::string_view label_value) const;
  /// `pod=~"a|b"`; a name that is no plain identifier is quoted.
  std::string ToString() const;
};

class LabelSelector {
 public:
  /// Longest text that is parsed, and most matchers in it.
  static constexpr std::size_t kMaxBytes = 64 * 1024;
  static constexpr std::size_t kMaxMatchers = 256;

  /// Matches everything: "{}".
  LabelSelector() = default;

  static Result<LabelSelector> Parse(std::string_view text);
  /// `name="value"`, whatever characters they hold.
  static Matcher Equals(std::string name, std::string value);

  void Add(Matcher matcher) { matchers_.push_back(std::move(matcher)); }

  /// All matchers hold.
  bool Matches(const Labels& labels) const;
  std::span<const Matcher> matchers() const { return matchers_; }
  /// What Parse understands as this very selector.
  std::string ToString() const;

 private:
  std::vector<Matcher> matchers_;
};

}  // namespace pmcp::profile
