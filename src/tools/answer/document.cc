#include "tools/answer/document.h"

#include <fmt/core.h>

#include <utility>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::tools {
namespace {

// Maximum length of a line; a selector or a notice can be very long.
constexpr std::size_t kMaxLineWidth = 400;
// Proxies refuse longer URLs.
constexpr std::size_t kMaxLinkBytes = 2000;

std::string SafeLine(std::string_view text) {
  return Shorten(Sanitize(text), kMaxLineWidth);
}

std::size_t BytesOf(const std::vector<std::string>& lines) {
  std::size_t bytes = 0;
  for (const auto& line : lines) bytes += line.size() + 1;
  return bytes;
}

void AppendLines(std::span<const std::string> lines, std::string& text) {
  for (const auto& line : lines) {
    text += line;
    text += '\n';
  }
}

}  // namespace

void Document::Heading(std::string_view text) {
  head_.push_back(SafeLine(text));
}

void Document::Fact(std::string_view name, std::string_view value) {
  head_.push_back(fmt::format("{}: {}", name, SafeLine(value)));
}

void Document::Line(std::string_view text) { head_.push_back(SafeLine(text)); }

void Document::Add(Table table) { table_ = std::move(table); }

void Document::Note(std::string_view text) {
  notes_.push_back("Note: " + SafeLine(text));
}

void Document::Notices(std::span<const source::Notice> notices) {
  for (const auto& notice : notices) Note(notice.text);
}

void Document::Links(std::span<const source::Link> links) {
  for (const auto& link : links) {
    if (link.url.size() > kMaxLinkBytes) continue;
    links_.push_back(fmt::format("{}: {}", link.name, Sanitize(link.url)));
    return;
  }
}

std::size_t Document::RowsThatFit(const std::vector<std::string>& rows) const {
  // Reserved for the note about cut rows.
  constexpr std::size_t kNoteBytes = 160;
  const std::size_t bytes = large_ ? kLargeAnswerBytes : kAnswerBytes;
  const std::size_t lines = large_ ? kLargeAnswerLines : kAnswerLines;
  std::size_t used_bytes = BytesOf(head_) + BytesOf(notes_) + kNoteBytes;
  std::size_t used_lines = head_.size() + notes_.size() + 3;
  std::size_t count = 0;
  for (; count < rows.size(); ++count) {
    used_bytes += rows[count].size() + 1;
    if (used_bytes > bytes || ++used_lines > lines) break;
  }
  return count;
}

std::string Document::ToText() const {
  std::string text;
  AppendLines(head_, text);
  std::size_t cut = 0;
  if (!table_.rows.empty()) {
    const auto rows = Layout(table_);
    const std::size_t fit = RowsThatFit(rows);
    cut = rows.size() - fit;
    text += '\n';
    AppendLines(std::span(rows).first(fit), text);
  }
  if (cut > 0 || !notes_.empty()) text += '\n';
  if (cut > 0) {
    text += fmt::format(
        "Note: {} did not fit; narrow the query, or use format=json for all "
        "rows.\n",
        Counted(cut, "more row", "more rows"));
  }
  AppendLines(notes_, text);
  if (!links_.empty()) text += '\n';
  AppendLines(links_, text);
  return text;
}

}  // namespace pmcp::tools
