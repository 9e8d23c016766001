#include "store/pushed/strip_go_shapes.h"

#include <array>
#include <optional>
#include <utility>

namespace pmcp::store {
namespace {

constexpr std::string_view kShape = "[go.shape.";

enum class Language { kGo, kOther };

struct LanguageRow {
  std::string_view text;
  Language language;
};

// The agents by whose names Pyroscope knows the language.
constexpr std::array kSpies = {
    LanguageRow{"gospy", Language::kGo},
    LanguageRow{"dotnetspy", Language::kOther},
    LanguageRow{"phpspy", Language::kOther},
    LanguageRow{"pyspy", Language::kOther},
    LanguageRow{"rbspy", Language::kOther},
    LanguageRow{"nodespy", Language::kOther},
    LanguageRow{"javaspy", Language::kOther},
    LanguageRow{"grafana-agent.java", Language::kOther},
    LanguageRow{"pyroscope-rs", Language::kOther},
};

// Beginnings and endings of the file names and packages of a language.
constexpr std::array kMarks = {
    LanguageRow{".go", Language::kGo},
    LanguageRow{"/usr/local/go/", Language::kGo},
    LanguageRow{"java/", Language::kOther},
    LanguageRow{"sun/", Language::kOther},
    LanguageRow{".rb", Language::kOther},
    LanguageRow{"gems/", Language::kOther},
    LanguageRow{"./node_modules/", Language::kOther},
    LanguageRow{".js", Language::kOther},
    LanguageRow{"System.", Language::kOther},
    LanguageRow{"Microsoft.", Language::kOther},
    LanguageRow{".py", Language::kOther},
    LanguageRow{"main.rs", Language::kOther},
    LanguageRow{"core.rs", Language::kOther},
};

std::optional<Language> LanguageOfString(std::string_view text) {
  for (const LanguageRow& mark : kMarks) {
    if (text.starts_with(mark.text) || text.ends_with(mark.text)) {
      return mark.language;
    }
  }
  return std::nullopt;
}

/// The position of the bracket that closes the one at `open`, or npos.
std::size_t ClosingBracket(std::string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

}  // namespace

bool IsGoProfile(const profile::Profile& profile, std::string_view spy) {
  for (const LanguageRow& row : kSpies) {
    if (row.text == spy) return row.language == Language::kGo;
  }
  // The first string that indicates a language decides.
  for (profile::StringId id = 0; id < profile.strings.size(); ++id) {
    const auto language = LanguageOfString(profile.strings[id]);
    if (language) return *language == Language::kGo;
  }
  return false;
}

std::string StripGoShapes(std::string_view name) {
  std::string kept;
  std::size_t open = name.find(kShape);
  while (open != std::string_view::npos) {
    const std::size_t close = ClosingBracket(name, open);
    if (close == std::string_view::npos) break;
    kept += name.substr(0, open);
    name.remove_prefix(close + 1);
    open = name.find(kShape);
  }
  kept += name;
  return kept;
}

void StripGoShapes(profile::Profile& profile) {
  profile::StringTable& strings = profile.strings;
  for (profile::StringId id = 0; id < strings.size(); ++id) {
    if (strings[id].find(kShape) == std::string_view::npos) continue;
    strings.Replace(id, StripGoShapes(strings[id]));
  }
}

}  // namespace pmcp::store
