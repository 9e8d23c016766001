// The memory of this process, as the system reports it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pmcp::test {

/// VmRSS of /proc/self/status, and VmHWM, its maximum so far.
std::size_t ResidentBytes();
std::size_t PeakResidentBytes();

/// "12.5 MiB".
std::string MiB(std::size_t bytes);

/// The measurements of a run, in the order of time. Not thread-safe.
class MemoryCurve {
 public:
  void Measure() { bytes_.push_back(ResidentBytes()); }

  std::size_t first() const { return bytes_.front(); }
  std::size_t peak() const;
  std::size_t last() const { return bytes_.back(); }
  /// A statistic of the measurements between `from` and `to`, which are
  /// fractions of the run. A leak raises it from one part of the run to the
  /// next.
  std::size_t Mean(double from, double to) const;

 private:
  std::vector<std::size_t> bytes_;
};

}  // namespace pmcp::test
