#include "tests/soak/verdict.h"

#include <iostream>

namespace pmcp::test {

void Verdict::Expect(bool holds, std::string_view what) {
  std::cout << (holds ? "ok      " : "FAILED  ") << what << std::endl;
  ++(holds ? passed_ : failed_);
}

bool Verdict::Finish() const {
  std::cout << passed_ << " passed, " << failed_ << " failed\n";
  return failed_ == 0;
}

}  // namespace pmcp::test
