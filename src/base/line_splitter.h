// LineSplitter: splits a stream of bytes into lines, in bounded memory. It does
// no I/O. Used by one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pmcp {

/// buffer_:  returned already | start of the current line | not searched yet
///                            ^ begin_                    ^ search_
///
/// Every byte is searched once, also if a line arrives in many pieces. Memory
/// is bounded by the limit and one piece.
class LineSplitter {
 public:
  struct Line {
    std::string text;  // without its "\n" or "\r\n"
    /// The line exceeds the limit. Reported once, without text, as soon as it
    /// is known; the rest of the line is skipped.
    bool is_too_long = false;
  };

  explicit LineSplitter(std::size_t max_line_bytes);

  void Append(std::string_view bytes);
  /// Ends the input: remaining bytes are a line, also without a newline.
  void Finish();

  /// Returns the next line, or nullopt if more bytes are needed.
  std::optional<Line> Next();

 private:
  Line TakeLine(std::size_t end);

  const std::size_t max_line_bytes_;
  std::string buffer_;      // bytes not returned yet
  std::size_t begin_ = 0;   // of the current line in the buffer
  std::size_t search_ = 0;  // no newline between begin_ and here
  bool skipping_ = false;   // inside a line that is too long
};

}  // namespace pmcp
