// Document: an answer as text: a heading, facts, a table, and notes on what is
// missing. The only place that formats answers, so it also sanitizes untrusted
// strings and bounds the length.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "source/answer.h"
#include "source/link.h"
#include "tools/answer/table.h"

namespace pmcp::tools {

/// Clients truncate longer answers in the middle.
inline constexpr std::size_t kAnswerBytes = 8 * 1024;
inline constexpr std::size_t kAnswerLines = 200;
/// The limits for a caller who asked for more rows than the default.
inline constexpr std::size_t kLargeAnswerBytes = 64 * 1024;
inline constexpr std::size_t kLargeAnswerLines = 1200;

class Document {
 public:
  void Heading(std::string_view text);
  /// `name: value`.
  void Fact(std::string_view name, std::string_view value);
  void Line(std::string_view text);
  /// Sets the only table; rows beyond the budget are cut, with a note.
  void Add(Table table);
  /// `Note: …`, below the table.
  void Note(std::string_view text);
  void Notices(std::span<const source::Notice> notices);
  /// The first link, at the end, not shortened, and outside the budget, so that
  /// the number of rows does not depend on the source. JSON answers have all:
  /// links can be longer than what they show.
  void Links(std::span<const source::Link> links);
  void AllowLargeAnswer() { large_ = true; }

  std::string ToText() const;

 private:
  std::size_t RowsThatFit(const std::vector<std::string>& rows) const;

  std::vector<std::string> head_;
  Table table_;
  std::vector<std::string> notes_;
  std::vector<std::string> links_;
  bool large_ = false;
};

}  // namespace pmcp::tools
