#include "profile/pprof/wire_fields.h"

namespace pmcp::profile {

const char* ReadWireNumber(const char* next, const char* end,
                           std::uint64_t& number, WireProblem& problem) {
  constexpr int kMostBits = 64;
  const auto fail = [&](WireProblem why) {
    if (problem == WireProblem::kNone) problem = why;
    return nullptr;
  };
  std::uint64_t value = 0;
  for (int shift = 0; shift < kMostBits; shift += 7) {
    if (next == end) return fail(WireProblem::kCutShort);
    const auto byte = static_cast<std::uint8_t>(*next++);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) {
      number = value;
      return next;
    }
  }
  return fail(WireProblem::kBroken);
}

}  // namespace pmcp::profile
