// Memory of this process, as the system counts it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pmcp::test {

/// VmRSS of /proc/self/status, and VmHWM, the most that it ever was.
std::size_t ResidentBytes();
std::size_t PeakResidentBytes();

/// "12.5 MiB".
std::string MiB(std::size_t bytes);

/// What was measured of the memory over a run, in the order of time. For one
/// thread.
class MemoryCurve {
 public:
  void Measure() { bytes_.push_back(ResidentBytes()); }

  std::size_t first() const { return bytes_.front(); }
  std::size_t peak() const;
  std::size_t last() const { return bytes_.back(); }
  /// Of the measures from `from` to `to`, shares of the run: what leaks raises
  /// it from one part of the run to the next.
  std::size_t Mean(double from, double to) const;

 private:
  std::vector<std::size_t> bytes_;
};

}  // namespace pmcp::test
