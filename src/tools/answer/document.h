// Document: an answer as its reader will see it: a heading, facts, a table,
// and notes on what is missing. The only place where answers become text, so
// also the one where untrusted strings are made safe and length is bounded.
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

/// Hosts cut the middle out of longer answers.
inline constexpr std::size_t kAnswerBytes = 8 * 1024;
inline constexpr std::size_t kAnswerLines = 200;
/// For a caller who asked for more rows than the default.
inline constexpr std::size_t kLargeAnswerBytes = 64 * 1024;
inline constexpr std::size_t kLargeAnswerLines = 1200;

class Document {
 public:
  void Heading(std::string_view text);
  /// `name: value`.
  void Fact(std::string_view name, std::string_view value);
  void Line(std::string_view text);
  /// At most one; rows that go over the budget are cut, and a note says so.
  void Add(Table table);
  /// `Note: …`, after everything else.
  void Note(std::string_view text);
  void Notices(std::span<const source::Notice> notices);
  /// At the very end, whole, and on top of the budget: which rows are shown
  /// does not depend on where the profiles are.
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
