// PMCP_CHECK: asserts an invariant of this program. If it does not hold, the
// process ends and prints file and line. Not for external input, whose faults
// are an Error.
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
