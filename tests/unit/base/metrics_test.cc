#include "base/metrics.h"

#include <gtest/gtest.h>

#include "tests/support/dedent.h"

namespace pmcp {
namespace {

TEST(Metrics, WritesAPageForPrometheus) {
  Metrics metrics;
  metrics.SetGauge("sessions", [] { return 3; });
  metrics.Count("calls_total", R"(tool="a")");
  metrics.Count("calls_total", R"(tool="a")", 2);
  metrics.Count("calls_total", R"(tool="b")");
  metrics.Count("bytes_total", "", 10);
  EXPECT_EQ(metrics.Page(), test::Dedent(R"(
      # TYPE sessions gauge
      sessions 3
      # TYPE bytes_total counter
      bytes_total 10
      # TYPE calls_total counter
      calls_total{tool="a"} 3
      calls_total{tool="b"} 1
  )"));
}

TEST(Metrics, BucketsOfAHistogramAddUp) {
  Metrics metrics;
  for (const double seconds : {0.0005, 0.001, 0.3, 100.0}) {
    metrics.Observe("seconds", R"(tool="a")", seconds);
  }
  EXPECT_EQ(metrics.Page(), test::Dedent(R"(
      # TYPE seconds histogram
      seconds_bucket{tool="a",le="0.001"} 2
      seconds_bucket{tool="a",le="0.005"} 2
      seconds_bucket{tool="a",le="0.025"} 2
      seconds_bucket{tool="a",le="0.1"} 2
      seconds_bucket{tool="a",le="0.5"} 3
      seconds_bucket{tool="a",le="2"} 3
      seconds_bucket{tool="a",le="10"} 3
      seconds_bucket{tool="a",le="60"} 3
      seconds_bucket{tool="a",le="+Inf"} 4
      seconds_sum{tool="a"} 100.3015
      seconds_count{tool="a"} 4
  )"));
}

}  // namespace
}  // namespace pmcp
