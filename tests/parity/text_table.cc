#include "tests/parity/text_table.h"

#include <algorithm>
#include <sstream>

#include "base/check.h"

namespace pmcp::parity {
namespace {

using Cells = std::vector<std::string>;

bool IsGap(std::string_view text, std::size_t at) {
  return text[at] == '\t' || text.substr(at, 2) == "  ";
}

/// Splits at gaps into at most `most` cells; the last cell has the rest.
Cells Split(std::string_view line, std::size_t most) {
  Cells cells;
  std::size_t at = 0;
  const auto skip_gap = [&] {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  };
  for (skip_gap(); at < line.size(); skip_gap()) {
    std::size_t end = at;
    if (cells.size() + 1 == most) end = line.size();
    while (end < line.size() && !IsGap(line, end)) ++end;
    cells.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return cells;
}

std::vector<std::string> Lines(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

constexpr std::size_t kAll = static_cast<std::size_t>(-1);

void FitRecorded(Cells& cells, std::size_t columns) {
  while (cells.size() > columns) {
    cells[0] += "\t" + cells[1];
    cells.erase(cells.begin() + 1);
  }
  while (cells.size() < columns) cells.insert(cells.begin(), "");
}

}  // namespace

std::size_t TextTable::ColumnOf(std::string_view title) const {
  const auto found = std::ranges::find(columns, title);
  PMCP_CHECK(found != columns.end());
  return static_cast<std::size_t>(found - columns.begin());
}

bool TextTable::Has(std::string_view title) const {
  return std::ranges::find(columns, title) != columns.end();
}

TextTable ParseRecorded(std::string_view text) {
  TextTable table;
  for (const std::string& line : Lines(text)) {
    Cells cells = Split(line, kAll);
    if (table.columns.empty()) {
      table.columns = std::move(cells);
    } else if (!cells.empty() && !cells[0].starts_with("(no ")) {
      FitRecorded(cells, table.columns.size());
      table.rows.push_back(std::move(cells));
    }
  }
  return table;
}

TextTable ParseAnswer(std::string_view text) {
  const std::vector<std::string> lines = Lines(text);
  auto line = std::ranges::find(lines, "");
  TextTable table;
  if (line == lines.end()) return table;
  ++line;
  if (line == lines.end() || line->starts_with("Note:")) return table;
  table.columns = Split(*line, kAll);
  for (++line; line != lines.end() && !line->empty(); ++line) {
    table.rows.push_back(Split(*line, table.columns.size()));
    PMCP_CHECK(table.rows.back().size() == table.columns.size());
  }
  return table;
}

}  // namespace pmcp::parity
