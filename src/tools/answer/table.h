// Table: rows of text in aligned columns with titles.
//
// Aligned columns need fewer tokens than Markdown tables, and numbers line up.
// The last column is not padded, so long names belong there.
#pragma once

#include <string>
#include <vector>

namespace pmcp::tools {

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align = Align::kLeft;
};

struct Table {
  std::vector<Column> columns;
  /// Each row has one cell per column.
  std::vector<std::vector<std::string>> rows;
};

/// The title line and one line per row, without newlines. Sanitizes the cells
/// (base/sanitize.h) and shows an empty cell as "-".
std::vector<std::string> Layout(const Table& table);

}  // namespace pmcp::tools
