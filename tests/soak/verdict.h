// Verdict: prints a line for each thing that must hold, and counts.
#pragma once

#include <string_view>

namespace pmcp::test {

class Verdict {
 public:
  void Expect(bool holds, std::string_view what);
  /// The last line; whether all held.
  bool Finish() const;

 private:
  int passed_ = 0;
  int failed_ = 0;
};

}  // namespace pmcp::test
