// LabelSelector: PromQL matchers over a label set, `{pod="a",zone!~"b.*"}`.
//
// Accepts what Pyroscope accepts (docs/pyroscope-behavior.md, "Label
// selectors"): braces are required, the empty string is refused.
// tools/args/query_args is the place that accepts more. Immutable; thread-safe.
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

/// One condition. An absent label has the value "".
struct Matcher {
  std::string name;
  MatchOp op = MatchOp::kEqual;
  std::string value;
  std::optional<Regex> regex;  // for kRegex and kNotRegex

  bool Matches(std::string_view label_value) const;
  /// `pod=~"a|b"`. A name that is not a plain identifier is quoted.
  std::string ToString() const;
};

class LabelSelector {
 public:
  /// The longest text that is parsed, and the most matchers in it.
  static constexpr std::size_t kMaxBytes = 64 * 1024;
  static constexpr std::size_t kMaxMatchers = 256;

  /// Matches everything: "{}".
  LabelSelector() = default;

  static Result<LabelSelector> Parse(std::string_view text);
  /// `name="value"`, for any characters in both.
  static Matcher Equals(std::string name, std::string value);

  /// `name=~"pattern"`.
  static Result<Matcher> Matching(std::string name, std::string pattern);

  void Add(Matcher matcher) { matchers_.push_back(std::move(matcher)); }

  /// Whether all matchers match.
  bool Matches(const Labels& labels) const;
  std::span<const Matcher> matchers() const { return matchers_; }
  /// The text that Parse turns into this selector again.
  std::string ToString() const;

 private:
  std::vector<Matcher> matchers_;
};

}  // namespace pmcp::profile
