#include "profile/words/selector.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "profile/words/selector_parser.h"

namespace pmcp::profile {

std::string_view Symbol(MatchOp op) {
  switch (op) {
    case MatchOp::kEqual:
      return "=";
    case MatchOp::kNotEqual:
      return "!=";
    case MatchOp::kRegex:
      return "=~";
    case MatchOp::kNotRegex:
      return "!~";
  }
  PMCP_CHECK(false);
}

// An absent label counts as "", so `a=""` matches series without `a`, and
// `a!=""` matches series with it, as in Prometheus.
bool Matcher::Matches(std::string_view label_value) const {
  switch (op) {
    case MatchOp::kEqual:
      return label_value == value;
    case MatchOp::kNotEqual:
      return label_value != value;
    case MatchOp::kRegex:
      return regex->FullMatch(label_value);
    case MatchOp::kNotRegex:
      return !regex->FullMatch(label_value);
  }
  PMCP_CHECK(false);
}

std::string Matcher::ToString() const {
  return fmt::format("{}{}{}", IsPlainLabelName(name) ? name : Quote(name),
                     Symbol(op), Quote(value));
}

Result<LabelSelector> LabelSelector::Parse(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("selector has {} bytes", text.size()),
                 fmt::format("Use at most {} bytes.", kMaxBytes)};
  }
  PMCP_TRY(matchers, ParseMatchers(text));
  LabelSelector selector;
  selector.matchers_ = std::move(matchers);
  return selector;
}

Matcher LabelSelector::Equals(std::string name, std::string value) {
  return {std::move(name), MatchOp::kEqual, std::move(value), std::nullopt};
}

Result<Matcher> LabelSelector::Matching(std::string name, std::string pattern) {
  PMCP_TRY(regex, Regex::CompileMatcher(name, pattern));
  return Matcher{std::move(name), MatchOp::kRegex, std::move(pattern),
                 std::move(regex)};
}

bool LabelSelector::Matches(const Labels& labels) const {
  return std::all_of(matchers_.begin(), matchers_.end(),
                     [&](const Matcher& matcher) {
                       return matcher.Matches(labels.Get(matcher.name));
                     });
}

std::string LabelSelector::ToString() const {
  std::string text = "{";
  for (const Matcher& matcher : matchers_) {
    if (text.size() > 1) text += ", ";
    text += matcher.ToString();
  }
  return text + "}";
}

}  // namespace pmcp::profile
