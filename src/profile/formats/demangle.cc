#include "profile/formats/demangle.h"

#include <cxxabi.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <utility>

#include "profile/formats/demangle_rust.h"

namespace pmcp::profile {
namespace {

constexpr std::string_view kAnonymous = "(anonymous namespace)";
constexpr std::string_view kOperator = "operator";

bool IsWordCharacter(char c) {
  return c == '_' || c == '$' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The bytes of the operator at the start of `text`, "operator<" and the like;
/// 0 when there is none.
std::size_t OperatorBytes(std::string_view text, char before) {
  if (!text.starts_with(kOperator) || IsWordCharacter(before)) return 0;
  std::size_t end = kOperator.size();
  if (text.substr(end).starts_with("()") ||
      text.substr(end).starts_with("[]")) {
    return end + 2;
  }
  while (end < text.size() &&
         std::string_view("<>=!+-*/%^&|~,").find(text[end]) !=
             std::string_view::npos) {
    ++end;
  }
  return end;
}

/// `name` without what is in parentheses and angle brackets.
std::string WithoutBrackets(std::string_view name) {
  std::string kept;
  int depth = 0;
  for (std::size_t i = 0; i < name.size();) {
    const std::string_view rest = name.substr(i);
    const char before = i == 0 ? ' ' : name[i - 1];
    const std::size_t whole = rest.starts_with(kAnonymous)
                                  ? kAnonymous.size()
                                  : OperatorBytes(rest, before);
    if (whole > 0) {
      if (depth == 0) kept += rest.substr(0, whole);
      i += whole;
      continue;
    }
    const char c = name[i++];
    if (c == '(' || c == '<') {
      ++depth;
    } else if (c == ')' || c == '>') {
      depth = std::max(0, depth - 1);
    } else if (depth == 0) {
      kept.push_back(c);
    }
  }
  return kept;
}

/// A hash of Rust's old form at the end: "::h0123456789abcdef".
bool EndsInRustHash(std::string_view name) {
  constexpr std::size_t kHashBytes = 16;
  constexpr std::string_view kBefore = "::h";
  if (name.size() <= kHashBytes + kBefore.size()) return false;
  const std::string_view hash = name.substr(name.size() - kHashBytes);
  return name.substr(0, name.size() - kHashBytes).ends_with(kBefore) &&
         hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The character that an escape stands for: "LT", "u20".
std::optional<char> RustEscape(std::string_view code) {
  constexpr std::pair<std::string_view, char> kEscapes[] = {
      {"SP", '@'}, {"BP", '*'}, {"RF", '&'}, {"LT", '<'},
      {"GT", '>'}, {"LP", '('}, {"RP", ')'}, {"C", ','}};
  for (const auto& [name, character] : kEscapes) {
    if (code == name) return character;
  }
  unsigned value = 0;
  if (!code.starts_with('u')) return std::nullopt;
  const auto [end, error] =
      std::from_chars(code.data() + 1, code.data() + code.size(), value, 16);
  constexpr unsigned kFirstPrintable = 0x20;
  constexpr unsigned kLastPrintable = 0x7e;
  if (error != std::errc() || end != code.data() + code.size() ||
      value < kFirstPrintable || value > kLastPrintable) {
    return std::nullopt;
  }
  return static_cast<char>(value);
}

/// "<T as Trait>::call" of "_$LT$T$u20$as$u20$Trait$GT$::call".
std::string UnescapeRust(std::string_view name) {
  std::string text;
  while (!name.empty()) {
    if (name.starts_with("_$")) name.remove_prefix(1);
    if (name.starts_with("..")) {
      text += "::";
      name.remove_prefix(2);
      continue;
    }
    const std::size_t end =
        name.front() == '$' ? name.find('$', 1) : std::string_view::npos;
    const auto character = end == std::string_view::npos
                               ? std::nullopt
                               : RustEscape(name.substr(1, end - 1));
    text.push_back(character.value_or(name.front()));
    name.remove_prefix(character ? end + 1 : 1);
  }
  return text;
}

std::optional<std::string> DemangleItanium(const std::string& name) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> text(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
  if (status != 0 || text == nullptr) return std::nullopt;
  const std::string_view demangled(text.get());
  if (EndsInRustHash(demangled)) {
    return UnescapeRust(demangled.substr(0, demangled.rfind("::h")));
  }
  return SimplifyCpp(demangled);
}

}  // namespace

std::string SimplifyCpp(std::string_view name) {
  // " [clone .isra.0]"
  if (const auto clone = name.find(" [clone");
      clone != std::string_view::npos) {
    name = name.substr(0, clone);
  }
  std::string kept = WithoutBrackets(name);
  for (const std::string_view suffix : {" const", " volatile", " &", " &&"}) {
    if (kept.ends_with(suffix)) kept.resize(kept.size() - suffix.size());
  }
  while (kept.ends_with(' ')) kept.pop_back();
  // A return type. Names of operators and of "vtable for A" have spaces.
  if (kept.find(kOperator) == std::string::npos &&
      kept.find(" for ") == std::string::npos) {
    std::size_t start = kept.rfind(' ');
    while (start != std::string::npos &&
           std::string_view(kept).substr(start).starts_with(" namespace)")) {
      start = start == 0 ? std::string::npos : kept.rfind(' ', start - 1);
    }
    if (start != std::string::npos) kept.erase(0, start + 1);
  }
  return kept;
}

std::optional<std::string> Demangle(std::string_view name) {
  if (name.size() > kMaxMangledBytes) return std::nullopt;
  std::optional<std::string> text;
  if (name.starts_with("_R")) {
    text = DemangleRust(name);
  } else if (name.starts_with("_Z") || name.starts_with("__Z")) {
    // macOS puts another underscore in front.
    text = DemangleItanium(std::string(name.substr(name[1] == '_' ? 1 : 0)));
  }
  if (!text || text->empty() || text->size() > kMaxMangledBytes) {
    return std::nullopt;
  }
  return text;
}

}  // namespace pmcp::profile
