#include "store/heatmaps.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/asked_folder.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using source::HeatmapKind;
using std::chrono::seconds;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");
constexpr const char* kCpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

class Heatmaps : public testing::Test {
 protected:
  /// One line per slot: labels, seconds after ten, the number of values, and
  /// "id=value" for each exemplar.
  std::string Ask(HeatmapKind kind, std::vector<std::string> group_by = {},
                  std::int64_t limit = 0) {
    const bool spans = kind == HeatmapKind::kSpan;
    const auto profiles =
        source::MakeProfileQuery(kCpu, "{}", {kTen, kTen + seconds(25)});
    const auto query = source::MakeHeatmapQuery(
        *profiles, {.group_by = std::move(group_by),
                    .step_seconds = 10,
                    .kind = kind,
                    .exemplars = spans ? source::ExemplarKind::kSpan
                                       : source::ExemplarKind::kIndividual,
                    .limit = limit});
    const auto answer = folder_.source().SelectHeatmap(*query, {});
    if (!answer.ok()) return answer.error().message;
    std::string text;
    for (const auto& series : answer->data) {
      for (const auto& slot : series.slots) text += Line(series.labels, slot);
    }
    return text;
  }

  static std::string Line(const std::vector<profile::Label>& labels,
                          const profile::HeatmapSlot& slot) {
    int count = 0;
    for (const int values : slot.counts) count += values;
    const std::chrono::duration<double> at = slot.timestamp - kTen;
    std::string line =
        fmt::format("{} {}: {}", ToString(labels), at.count(), count);
    for (const auto& exemplar : slot.exemplars) {
      line += fmt::format(" {}={}",
                          exemplar.span_id.empty() ? "p" : exemplar.span_id,
                          exemplar.value);
    }
    return line + "\n";
  }

  void Write(const std::string& file, seconds at, std::int64_t value,
             const test::ProfileBuilder::Labels& labels = {}) {
    folder_.Write(file, test::CpuFile(kTen + at, "main;work", value, labels));
  }

  test::AskedFolder folder_;
};

const test::ProfileBuilder::Labels kSpanA = {{"span_id", "00000000000000aa"}};
const test::ProfileBuilder::Labels kSpanB = {{"span_id", "00000000000000bb"}};

TEST_F(Heatmaps, CountProfilesOneStepBeforeTheWindowAndTheTailToo) {
  Write("a/1.pb.gz", seconds(-11), 100);  // too early
  Write("a/2.pb.gz", seconds(-3), 5);
  Write("a/3.pb.gz", seconds(4), 6);
  Write("a/4.pb.gz", seconds(24), 7);
  Write("a/5.pb.gz", seconds(26), 200);  // too late
  EXPECT_EQ(Ask(HeatmapKind::kIndividual),
            "{} 0: 1 p=5\n"
            "{} 10: 1 p=6\n"
            "{} 30: 1 p=7\n");
}

TEST_F(Heatmaps, CountSpansAndLeaveOutSamplesWithoutOne) {
  Write("a/1.pb.gz", seconds(4), 6, kSpanA);
  Write("a/2.pb.gz", seconds(5), 9, kSpanB);
  Write("a/3.pb.gz", seconds(6), 500);
  EXPECT_EQ(Ask(HeatmapKind::kSpan),
            "{} 10: 2 00000000000000bb=9 00000000000000aa=6\n");
}

TEST_F(Heatmaps, GroupAndKeepTheSeriesWithTheMostValues) {
  Write("a/1.pb.gz", seconds(4), 6);
  Write("b/1.pb.gz", seconds(4), 70);
  Write("b/2.pb.gz", seconds(5), 80);
  EXPECT_EQ(Ask(HeatmapKind::kIndividual, {"service_name"}),
            "{service_name=\"a\"} 10: 1 p=6\n"
            "{service_name=\"b\"} 10: 2 p=80 p=70\n");
  EXPECT_EQ(Ask(HeatmapKind::kIndividual, {"service_name"}, 1),
            "{service_name=\"b\"} 10: 2 p=80 p=70\n");
}

// A span in two pods of one group is one value only if the times are equal.
TEST_F(Heatmaps, AddUpASpanOfTheSameTime) {
  Write("a/1.pb.gz", seconds(4), 6, kSpanA);
  Write("b/1.pb.gz", seconds(4), 7, kSpanA);
  Write("b/2.pb.gz", seconds(5), 1, kSpanA);
  EXPECT_EQ(Ask(HeatmapKind::kSpan),
            "{} 10: 2 00000000000000aa=13 00000000000000aa=1\n");
}

TEST_F(Heatmaps, OfNothingAreEmpty) {
  EXPECT_EQ(Ask(HeatmapKind::kIndividual), "");
  EXPECT_EQ(Ask(HeatmapKind::kSpan), "");
}

}  // namespace
}  // namespace pmcp::store
