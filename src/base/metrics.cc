#include "base/metrics.h"

#include <fmt/core.h>

#include <algorithm>

namespace pmcp {
namespace {

std::string Braced(std::string_view labels) {
  return labels.empty() ? "" : fmt::format("{{{}}}", labels);
}

/// The "# TYPE" line of a metric, once for each name.
void AddType(std::string& page, std::string& last, const std::string& name,
             std::string_view type) {
  if (name == last) return;
  last = name;
  page += fmt::format("# TYPE {} {}\n", name, type);
}

}  // namespace

void Metrics::Count(std::string_view name, std::string_view labels,
                    std::uint64_t by) {
  const std::lock_guard lock(mutex_);
  const auto found = counters_.find(std::pair(name, labels));
  if (found != counters_.end()) {
    found->second += by;
  } else {
    counters_.emplace(Key(name, labels), by);
  }
}

void Metrics::Observe(std::string_view name, std::string_view labels,
                      double seconds) {
  const std::lock_guard lock(mutex_);
  auto found = histograms_.find(std::pair(name, labels));
  if (found == histograms_.end()) {
    found = histograms_.emplace(Key(name, labels), Histogram()).first;
  }
  const auto bucket = std::ranges::lower_bound(kBuckets, seconds);
  ++found->second.counts[static_cast<std::size_t>(bucket - kBuckets.begin())];
  found->second.sum += seconds;
}

void Metrics::SetGauge(std::string_view name, std::function<double()> read) {
  const std::lock_guard lock(mutex_);
  gauges_.emplace_back(name, std::move(read));
}

std::string Metrics::Page() const {
  const std::lock_guard lock(mutex_);
  std::string page;
  std::string last;
  for (const auto& [name, read] : gauges_) {
    AddType(page, last, name, "gauge");
    page += fmt::format("{} {}\n", name, read());
  }
  for (const auto& [key, value] : counters_) {
    AddType(page, last, key.first, "counter");
    page += fmt::format("{}{} {}\n", key.first, Braced(key.second), value);
  }
  for (const auto& [key, histogram] : histograms_) {
    const auto& [name, labels] = key;
    AddType(page, last, name, "histogram");
    const std::string_view comma = labels.empty() ? "" : ",";
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
      sum += histogram.counts[i];
      const std::string bound =
          i < kBuckets.size() ? fmt::format("{}", kBuckets[i]) : "+Inf";
      page += fmt::format("{}_bucket{{{}{}le=\"{}\"}} {}\n", name, labels,
                          comma, bound, sum);
    }
    page += fmt::format("{}_sum{} {}\n{}_count{} {}\n", name, Braced(labels),
                        histogram.sum, name, Braced(labels), sum);
  }
  return page;
}

}  // namespace pmcp
