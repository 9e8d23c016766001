#include "base/regex.h"

#include <fmt/core.h>
#include <re2/re2.h>

#include <utility>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp {
namespace {

// Bounds the memory of one pattern; RE2 returns an error above it.
constexpr std::int64_t kMaxProgramBytes = 8 << 20;

Result<std::shared_ptr<const re2::RE2>> CompileRe2(std::string_view what,
                                                   std::string_view pattern,
                                                   bool dot_matches_newline) {
  if (pattern.size() > Regex::kMaxPatternBytes) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("{} is a regular expression of {} bytes", what,
                             pattern.size()),
                 fmt::format("Use at most {} bytes.", Regex::kMaxPatternBytes)};
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(dot_matches_newline);
  options.set_max_mem(kMaxProgramBytes);
  auto compiled = std::make_shared<const re2::RE2>(
      re2::StringPiece(pattern.data(), pattern.size()), options);
  if (compiled->ok()) return compiled;
  return InvalidArgument(
      fmt::format("{} is not a regular expression: \"{}\" ({})", what,
                  Shorten(Sanitize(pattern), 80), Sanitize(compiled->error())),
      "Use RE2 syntax, for example json|proto; write \\( for a literal "
      "bracket.");
}

}  // namespace

Regex::Regex(std::shared_ptr<const re2::RE2> compiled)
    : compiled_(std::move(compiled)) {}

Result<Regex> Regex::Compile(std::string_view what, std::string_view pattern) {
  PMCP_TRY(compiled, CompileRe2(what, pattern, false));
  return Regex(std::move(compiled));
}

Result<Regex> Regex::CompileLiteral(std::string_view what,
                                    std::string_view text) {
  return Compile(what, Quote(text));
}

std::string Regex::Quote(std::string_view text) {
  return re2::RE2::QuoteMeta(re2::StringPiece(text.data(), text.size()));
}

Result<Regex> Regex::CompileMatcher(std::string_view what,
                                    std::string_view pattern) {
  PMCP_TRY(compiled, CompileRe2(what, pattern, true));
  return Regex(std::move(compiled));
}

bool Regex::FullMatch(std::string_view text) const {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()),
                             *compiled_);
}

bool Regex::PartialMatch(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                                *compiled_);
}

}  // namespace pmcp
