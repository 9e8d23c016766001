// Metrics: numbers about the running program, counted where things happen and
// read by whoever asks for the page, in Prometheus' text format.
//
// Thread-safe. Labels come from small fixed sets: what a stranger chooses is
// never one. Without anybody to read them, nothing is counted: pass null.
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
  /// Adds to a counter. `labels` are written as in the page:
  /// `method="ping",outcome="ok"`, or "".
  void Count(std::string_view name, std::string_view labels,
             std::uint64_t by = 1);
  /// Adds one duration to a histogram.
  void Observe(std::string_view name, std::string_view labels, double seconds);
  /// A number that is asked for when the page is. What `read` uses outlives
  /// this.
  void SetGauge(std::string_view name, std::function<double()> read);

  std::string Page() const;

 private:
  static constexpr std::array kBuckets = {0.001, 0.005, 0.025, 0.1,
                                          0.5,   2.0,   10.0,  60.0};
  struct Histogram {
    std::array<std::uint64_t, kBuckets.size() + 1> counts{};
    double sum = 0;
  };
  using Key = std::pair<std::string, std::string>;  // name, labels
  /// Compares without making strings of what is looked for.
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
