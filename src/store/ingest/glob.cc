#include "store/ingest/glob.h"

#include <cstddef>

namespace pmcp::store {

bool GlobMatches(std::string_view pattern, std::string_view path) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  // Where to continue after a mismatch: after the last `*`, which then matches
  // one more byte. Earlier `*` need no second attempt.
  std::size_t star = kNone;
  std::size_t star_ends = 0;
  while (t < path.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_ends = t;
    } else if (p < pattern.size() &&
               (pattern[p] == '?' || pattern[p] == path[t])) {
      ++p;
      ++t;
    } else if (star != kNone) {
      p = star + 1;
      t = ++star_ends;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace pmcp::store
