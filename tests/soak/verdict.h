// Verdict: prints a line for each check, and counts failures.
#pragma once

#include <string_view>

namespace pmcp::test {

class Verdict {
 public:
  void Expect(bool holds, std::string_view what);
  /// Prints the last line and returns whether all checks held.
  bool Finish() const;

 private:
  int passed_ = 0;
  int failed_ = 0;
};

}  // namespace pmcp::test
