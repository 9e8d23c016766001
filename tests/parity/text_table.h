// Tables as text, read back into cells: those that were recorded, and ours.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp::parity {

struct TextTable {
  std::vector<std::string> columns;
  /// One cell a column.
  std::vector<std::vector<std::string>> rows;

  /// Ends the test program when there is no such column.
  std::size_t ColumnOf(std::string_view title) const;
  bool Has(std::string_view title) const;
};

/// A recorded table. Cells are apart by two spaces or by tabs; a row with too
/// few has lost the empty ones at its front, one with too many had a tab inside
/// its first cell.
TextTable ParseRecorded(std::string_view text);

/// The table of an answer: what comes between the first empty line and the
/// next. No rows when there is none.
TextTable ParseAnswer(std::string_view text);

}  // namespace pmcp::parity
