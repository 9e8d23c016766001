#include "tools/answer/table.h"

#include <algorithm>
#include <cstddef>

#include "base/check.h"
#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::tools {
namespace {

constexpr std::string_view kGap = "  ";
// Names in C++ and Java can have thousands of characters.
constexpr std::size_t kMaxCellWidth = 160;

using Cells = std::vector<std::string>;

Cells SafeCells(const std::vector<std::string>& row) {
  Cells cells;
  cells.reserve(row.size());
  for (const auto& cell : row) {
    cells.push_back(cell.empty() ? "-"
                                 : Shorten(Sanitize(cell), kMaxCellWidth));
  }
  return cells;
}

void Widen(const Cells& cells, std::vector<std::size_t>& widths) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    widths[i] = std::max(widths[i], DisplayWidth(cells[i]));
  }
}

std::string FormatRow(const Cells& cells, const std::vector<Column>& columns,
                      const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += kGap;
    const std::string padding(widths[i] - DisplayWidth(cells[i]), ' ');
    if (columns[i].align == Align::kRight) line += padding;
    line += cells[i];
    const bool last = i + 1 == cells.size();
    if (columns[i].align == Align::kLeft && !last) line += padding;
  }
  return line;
}

}  // namespace

std::vector<std::string> Layout(const Table& table) {
  Cells titles;
  for (const auto& column : table.columns) titles.push_back(column.title);
  std::vector<Cells> all = {SafeCells(titles)};
  for (const auto& row : table.rows) {
    PMCP_CHECK(row.size() == table.columns.size());
    all.push_back(SafeCells(row));
  }
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& cells : all) Widen(cells, widths);
  std::vector<std::string> lines;
  lines.reserve(all.size());
  for (const auto& cells : all) {
    lines.push_back(FormatRow(cells, table.columns, widths));
  }
  return lines;
}

}  // namespace pmcp::tools
