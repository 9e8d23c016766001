// PMCP_CHECK: an invariant of our own code. When it does not hold the process
// ends with file and line. Never for input from outside: that is an Error.
#pragma once

namespace pmcp {

[[noreturn]] void CheckFailed(const char* file, int line, const char* what);

}  // namespace pmcp

#define PMCP_CHECK(condition)                              \
  do {                                                     \
    if (!(condition)) [[unlikely]] {                       \
      ::pmcp::CheckFailed(__FILE__, __LINE__, #condition); \
    }                                                      \
  } while (false)
