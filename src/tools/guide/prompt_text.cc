#include "tools/guide/prompt_text.h"

#include <optional>
#include <vector>

namespace pmcp::tools {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// nullopt if an argument of the line is missing.
std::optional<std::string> FillInLine(std::string_view line,
                                      const Values& values) {
  std::string filled;
  for (;;) {
    const auto open = line.find("{{");
    const auto close = line.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      return filled.append(line);
    }
    filled += line.substr(0, open);
    const auto value = values.find(line.substr(open + 2, close - open - 2));
    if (value == values.end()) return std::nullopt;
    filled += value->second;
    line.remove_prefix(close + 2);
  }
}

bool IsItem(std::string_view line) { return line.starts_with("- "); }

}  // namespace

std::string FillIn(std::string_view text, const Values& values) {
  const std::vector<std::string_view> lines = LinesOf(text);
  std::string filled;
  std::optional<std::string> announcement;  // of a list without items so far
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::optional<std::string> line = FillInLine(lines[i], values);
    if (!IsItem(lines[i])) announcement.reset();
    if (!line) continue;
    if (line->ends_with(':') && i + 1 < lines.size() && IsItem(lines[i + 1])) {
      announcement = *line + "\n";
      continue;
    }
    if (announcement) filled += *announcement;
    announcement.reset();
    filled += *line + "\n";
  }
  return filled;
}

}  // namespace pmcp::tools
