#include "tests/support/dedent.h"

#include <algorithm>
#include <vector>

namespace pmcp::test {
namespace {

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(' ') == std::string_view::npos;
}

}  // namespace

std::string Dedent(std::string_view text) {
  if (text.starts_with('\n')) text.remove_prefix(1);
  const std::size_t last = text.find_last_not_of(' ');
  text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
  const std::vector<std::string_view> lines = Lines(text);
  std::size_t shared = std::string_view::npos;
  for (const std::string_view line : lines) {
    if (!IsBlank(line)) shared = std::min(shared, line.find_first_not_of(' '));
  }
  std::string result;
  for (const std::string_view line : lines) {
    if (!IsBlank(line)) result += line.substr(shared);
    result += '\n';
  }
  return result;
}

}  // namespace pmcp::test
