// Parses tables of text into cells: recorded tables, and those of our answers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp::parity {

struct TextTable {
  std::vector<std::string> columns;
  /// One cell per column.
  std::vector<std::vector<std::string>> rows;

  /// Exits if there is no such column.
  std::size_t ColumnOf(std::string_view title) const;
  bool Has(std::string_view title) const;
};

/// Parses a recorded table. Two spaces or tabs separate cells. A row with too
/// few cells has lost the empty cells at its start; a row with too many had a
/// tab inside its first cell.
TextTable ParseRecorded(std::string_view text);

/// The table of an answer: the lines between the first two empty lines. No rows
/// if there is none.
TextTable ParseAnswer(std::string_view text);

}  // namespace pmcp::parity
