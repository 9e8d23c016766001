// LineSplitter: bytes in, lines out, in bounded memory. Pure: it reads from
// nowhere. Used by one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pmcp {

/// buffer_:  given out already | start of the current line | not searched yet
///                             ^ begin_                    ^ search_
///
/// A line of n bytes that comes in small pieces is searched once, not once for
/// each piece, and never takes more memory than the limit and one piece.
class LineSplitter {
 public:
  struct Line {
    std::string text;  // without its "\n" or "\r\n"
    /// The line was longer than the limit: it is told once, without its text,
    /// as soon as that is known; the rest of it is skipped.
    bool is_too_long = false;
  };

  explicit LineSplitter(std::size_t max_line_bytes);

  void Append(std::string_view bytes);
  /// The input has ended: what is left is a line, even without its newline.
  void Finish();

  /// The next line, or nullopt when more bytes are needed.
  std::optional<Line> Next();

 private:
  Line TakeLine(std::size_t end);

  const std::size_t max_line_bytes_;
  std::string buffer_;      // what has not been given out yet
  std::size_t begin_ = 0;   // of the current line in the buffer
  std::size_t search_ = 0;  // no newline between begin_ and here
  bool skipping_ = false;   // inside a line that is too long
};

}  // namespace pmcp
