#include "base/line_splitter.h"

#include <utility>

namespace pmcp {

LineSplitter::LineSplitter(std::size_t max_line_bytes)
    : max_line_bytes_(max_line_bytes) {}

void LineSplitter::Append(std::string_view bytes) {
  if (skipping_) {
    const std::size_t newline = bytes.find('\n');
    if (newline == std::string_view::npos) return;  // not kept at all
    bytes.remove_prefix(newline + 1);
    skipping_ = false;
  }
  // Drop the bytes that were returned. At most the start of one line remains,
  // so this moves few bytes.
  buffer_.erase(0, begin_);
  search_ -= begin_;
  begin_ = 0;
  buffer_ += bytes;
}

void LineSplitter::Finish() {
  if (begin_ < buffer_.size()) buffer_ += '\n';
}

std::optional<LineSplitter::Line> LineSplitter::Next() {
  const std::size_t newline = buffer_.find('\n', search_);
  if (newline != std::string::npos) return TakeLine(newline);
  search_ = buffer_.size();
  // The byte after the limit may be the "\r" of a line of the maximum length.
  if (buffer_.size() - begin_ <= max_line_bytes_ + 1) return std::nullopt;
  skipping_ = true;
  buffer_ = std::string();  // frees its memory
  begin_ = search_ = 0;
  return Line{.text = {}, .is_too_long = true};
}

LineSplitter::Line LineSplitter::TakeLine(std::size_t end) {
  std::size_t length = end - begin_;
  if (length > 0 && buffer_[end - 1] == '\r') --length;
  Line line;
  line.is_too_long = length > max_line_bytes_;
  if (!line.is_too_long) line.text = buffer_.substr(begin_, length);
  begin_ = search_ = end + 1;
  return line;
}

}  // namespace pmcp
