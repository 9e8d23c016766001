// Table: rows of text under titles, laid out in aligned columns.
//
// Columns and not Markdown pipes: fewer tokens, and numbers can be compared by
// eye. The last column is not padded, so it is the place for long names.
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
  /// One cell a column in each row.
  std::vector<std::vector<std::string>> rows;
};

/// The title line and one line a row, without a newline at the end of each.
/// Cells are made safe for a reader (base/sanitize.h); an empty cell is "-".
std::vector<std::string> Layout(const Table& table);

}  // namespace pmcp::tools
