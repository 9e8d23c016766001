// Metrics: counters, histograms and gauges of the running program, exported in
// the Prometheus text format.
//
// Thread-safe. Label values come from small fixed sets, never from a client's
// input, so the number of series is bounded. Code that counts takes a pointer;
// null disables counting.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pmcp {

class Metrics {
 public:
  /// Adds to a counter. `labels` have the form of the text format:
  /// `method="ping",outcome="ok"`, or "".
  void Count(std::string_view name, std::string_view labels,
             std::uint64_t by = 1);
  /// Adds one duration, in seconds, to a histogram.
  void Observe(std::string_view name, std::string_view labels, double seconds);
  /// Registers a gauge. Page calls `read`; the objects that `read` uses must
  /// outlive this.
  void SetGauge(std::string_view name, std::function<double()> read);

  /// All metrics in the text format (version 0.0.4).
  std::string Page() const;

 private:
  static constexpr std::array kBuckets = {0.001, 0.005, 0.025, 0.1,
                                          0.5,   2.0,   10.0,  60.0};
  struct Histogram {
    std::array<std::uint64_t, kBuckets.size() + 1> counts{};
    double sum = 0;
  };
  using Key = std::pair<std::string, std::string>;  // name, labels
  /// Compares with std::string_view keys, so that lookups do not allocate.
  struct Less {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      const int by_name =
          std::string_view(a.first).compare(std::string_view(b.first));
      if (by_name != 0) return by_name < 0;
      return std::string_view(a.second) < std::string_view(b.second);
    }
  };

  mutable std::mutex mutex_;
  std::map<Key, std::uint64_t, Less> counters_;
  std::map<Key, Histogram, Less> histograms_;
  std::vector<std::pair<std::string, std::function<double()>>> gauges_;
};

}  // namespace pmcp
