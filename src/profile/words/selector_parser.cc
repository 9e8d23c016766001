#include "profile/words/selector_parser.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"
#include "profile/words/promql_string.h"

namespace pmcp::profile {
namespace {

constexpr std::string_view kExample =
    "{service_name=\"shop\", pod=~\"shop-.*\"}";
// The most bytes of a wrong text that an error shows.
constexpr std::size_t kShownCodePoints = 120;
constexpr std::size_t kShownRest = 20;

// Keywords of PromQL, which cannot be the name of a metric before the braces.
constexpr std::array<std::string_view, 8> kReservedWords = {
    "atan2",    "bool", "group_left", "group_right",
    "ignoring", "inf",  "nan",        "on"};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool IsNameCharacter(char c) { return IsLetter(c) || (c >= '0' && c <= '9'); }

bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }

bool IsReservedWord(std::string_view word) {
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(kReservedWords.begin(), kReservedWords.end(), lower) !=
         kReservedWords.end();
}

std::string Shown(std::string_view text) {
  return Shorten(Sanitize(text), kShownCodePoints);
}

// selector  = [metric] [ "{" [condition {"," condition} [","]] "}" ]
// condition = name operator string | string operator string | string
// operator  = "=" | "!=" | "=~" | "!~"
//
// A string alone is the name of the metric. A string before an operator is the
// name of a label that is not a plain identifier. White space and comments may
// stand between any two tokens. The metric or the braces are required.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), rest_(text) {}

  // [name] [{ condition, condition, … }]
  Result<std::vector<Matcher>> Parse() {
    SkipSpace();
    if (AtEnd()) return Fail("is empty", "Write {} to match everything.");
    const std::string_view metric =
        TakeWhile([](char c) { return IsNameCharacter(c) || c == ':'; });
    PMCP_TRY_VOID(CheckMetric(metric));
    SkipSpace();
    if (Next() == '{') {
      PMCP_TRY_VOID(ParseBraces());
    } else if (Next() == '=' || Next() == '!') {
      return Fail("has no braces around its conditions",
                  fmt::format("Write {{{}}}.", Shown(text_)));
    } else if (metric.empty()) {
      return FailHere("needs { at its beginning");
    }
    if (!metric.empty()) AddMetric(std::string(metric));
    SkipSpace();
    if (!AtEnd()) return FailHere("continues after its end");
    return std::move(matchers_);
  }

 private:
  Result<void> CheckMetric(std::string_view metric) {
    if (metric.empty()) return {};
    if (metric[0] >= '0' && metric[0] <= '9') {
      return Fail("begins with a digit",
                  fmt::format("Write for example {}.", kExample));
    }
    if (IsReservedWord(metric)) {
      return Fail(
          fmt::format("begins with \"{}\", a keyword of PromQL", metric),
          fmt::format("Write {{__name__=\"{}\"}}.", metric));
    }
    return {};
  }

  Result<void> ParseBraces() {
    Take(1);
    SkipSpace();
    while (Next() != '}') {
      PMCP_TRY_VOID(ParseCondition());
      SkipSpace();
      if (Next() == ',') {
        Take(1);
        SkipSpace();
      } else if (Next() != '}') {
        return FailHere("needs a comma or } after a condition");
      }
    }
    Take(1);
    return {};
  }

  // name op "value", or "name" alone as the name of the metric.
  Result<void> ParseCondition() {
    if (matchers_.size() >= LabelSelector::kMaxMatchers) {
      return Error{ErrorKind::kTooLarge,
                   fmt::format("selector has more than {} conditions",
                               LabelSelector::kMaxMatchers),
                   "Join values of one label: pod=~\"a|b\"."};
    }
    const bool quoted = IsQuote(Next());
    PMCP_TRY(name, TakeName());
    SkipSpace();
    const std::optional<MatchOp> op = TakeOperator();
    if (!op) {
      if (!quoted) return FailHere("needs =, !=, =~ or !~ after a label name");
      AddMetric(std::move(name));
      return {};
    }
    SkipSpace();
    if (!IsQuote(Next())) {
      return FailHere(
          fmt::format("needs a value in quotes after {}{}", name, Symbol(*op)));
    }
    PMCP_TRY(value, TakeString());
    return AddMatcher(std::move(name), *op, std::move(value));
  }

  Result<std::string> TakeName() {
    if (IsQuote(Next())) return TakeString();
    if (!IsLetter(Next())) return FailHere("needs a label name or }");
    return std::string(TakeWhile(IsNameCharacter));
  }

  Result<std::string> TakeString() {
    auto string = ParsePromqlString(rest_);
    if (!string.ok()) {
      return Fail(string.error().message,
                  "Use Go's escapes, or `…` for text without any.");
    }
    rest_ = string->rest;
    return std::move(string->value);
  }

  std::optional<MatchOp> TakeOperator() {
    // Longer operators first: "=~" begins with "=".
    for (const MatchOp op : {MatchOp::kRegex, MatchOp::kNotRegex,
                             MatchOp::kNotEqual, MatchOp::kEqual}) {
      if (!rest_.starts_with(Symbol(op))) continue;
      Take(Symbol(op).size());
      return op;
    }
    return std::nullopt;
  }

  void AddMetric(std::string name) {
    matchers_.push_back(
        LabelSelector::Equals(std::string(kLabelName), std::move(name)));
  }

  Result<void> AddMatcher(std::string name, MatchOp op, std::string value) {
    std::optional<Regex> regex;
    if (op == MatchOp::kRegex || op == MatchOp::kNotRegex) {
      PMCP_TRY(compiled,
               Regex::CompileMatcher(
                   fmt::format("the value of {}", Sanitize(name)), value));
      regex = std::move(compiled);
    }
    matchers_.push_back({std::move(name), op, std::move(value), regex});
    return {};
  }

  // Skips white space and comments, which extend to the end of the line.
  void SkipSpace() {
    while (!AtEnd()) {
      if (IsSpace(Next())) {
        Take(1);
      } else if (Next() == '#') {
        Take(std::min(rest_.find_first_of("\r\n"), rest_.size()));
      } else {
        return;
      }
    }
  }

  template <typename Predicate>
  std::string_view TakeWhile(Predicate belongs) {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), belongs);
    return Take(static_cast<std::size_t>(end - rest_.begin()));
  }

  std::string_view Take(std::size_t bytes) {
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
  }

  bool AtEnd() const { return rest_.empty(); }
  // NUL at the end of the text; no rule accepts it.
  char Next() const { return AtEnd() ? '\0' : rest_[0]; }

  Error Fail(std::string_view problem, std::string hint) const {
    return InvalidArgument(
        fmt::format("selector \"{}\" {}", Shown(text_), problem),
        std::move(hint));
  }

  Error FailHere(std::string_view problem) const {
    const std::string found =
        AtEnd() ? "its end"
                : fmt::format("\"{}\"", Shorten(Sanitize(rest_), kShownRest));
    return Fail(fmt::format("{}, found {}", problem, found),
                fmt::format("Write for example {}.", kExample));
  }

  const std::string_view text_;
  std::string_view rest_;
  std::vector<Matcher> matchers_;
};

}  // namespace

Result<std::vector<Matcher>> ParseMatchers(std::string_view text) {
  return Parser(text).Parse();
}

bool IsPlainLabelName(std::string_view name) {
  return !name.empty() && IsLetter(name[0]) &&
         std::all_of(name.begin(), name.end(), IsNameCharacter);
}

}  // namespace pmcp::profile
