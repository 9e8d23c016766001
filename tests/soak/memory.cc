#include "tests/soak/memory.h"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <string>
#include <string_view>

#include "base/check.h"

namespace pmcp::test {

namespace {

std::size_t StatusBytes(std::string_view field) {
  std::ifstream status("/proc/self/status");
  std::string word;
  std::size_t kib = 0;
  while (kib == 0 && status >> word) {
    if (word == field) status >> kib;
  }
  PMCP_CHECK(kib > 0);
  return kib << 10;
}

}  // namespace

std::size_t ResidentBytes() { return StatusBytes("VmRSS:"); }

std::size_t PeakResidentBytes() { return StatusBytes("VmHWM:"); }

std::string MiB(std::size_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

std::size_t MemoryCurve::peak() const {
  return *std::ranges::max_element(bytes_);
}

std::size_t MemoryCurve::Mean(double from, double to) const {
  const auto place = [this](double share) {
    return static_cast<std::ptrdiff_t>(share *
                                       static_cast<double>(bytes_.size() - 1));
  };
  const auto begin = bytes_.begin() + place(from);
  const auto end = bytes_.begin() + place(to) + 1;
  return std::accumulate(begin, end, std::size_t{0}) /
         static_cast<std::size_t>(end - begin);
}

}  // namespace pmcp::test
