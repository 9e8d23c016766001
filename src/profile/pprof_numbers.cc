#include "profile/pprof_numbers.h"

#include <protozero/varint.hpp>

namespace pmcp::profile {

std::uint64_t ReadNumber(const char** next, const char* end) {
  return protozero::decode_varint(next, end);
}

}  // namespace pmcp::profile
