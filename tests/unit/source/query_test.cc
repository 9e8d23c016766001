#include "source/query.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/support/fake_clock.h"

namespace pmcp::source {
namespace {

constexpr char kCpu[] = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

TimeRange Window() {
  return {test::At("2026-07-28T10:00:00Z"), test::At("2026-07-28T11:00:00Z")};
}

ProfileQuery CpuOfAll() { return *MakeProfileQuery(kCpu, "{}", Window()); }

template <typename T>
Error Refusal(const Result<T>& result) {
  EXPECT_FALSE(result.ok());
  if (result.ok()) return {};
  EXPECT_EQ(result.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_NE(result.error().hint, "");
  return result.error();
}

TEST(MakeTimeRange, TakesBothEnds) {
  const auto range = MakeTimeRange(1000, 1000);
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(range->length().count(), 0);
}

TEST(MakeTimeRange, RefusesWhatTheServerRefuses) {
  EXPECT_EQ(Refusal(MakeTimeRange(0, 0)).message,
            "the window is missing its start and end");
  EXPECT_EQ(Refusal(MakeTimeRange(0, 5)).message,
            "the window is missing its start");
  EXPECT_EQ(Refusal(MakeTimeRange(5, 0)).message,
            "the window is missing its end");
  EXPECT_EQ(Refusal(MakeTimeRange(6, 5)).message,
            "the window starts at 6, after its end at 5");
}

TEST(MakeTimeRange, StaysInTheCalendar) {
  constexpr std::int64_t kLast = 253'402'300'799'999;
  EXPECT_TRUE(MakeTimeRange(-kLast, kLast).ok());
  Refusal(MakeTimeRange(1, kLast + 1));
  Refusal(MakeTimeRange(-kLast - 1, 1));
  Refusal(MakeTimeRange(1, std::numeric_limits<std::int64_t>::max()));
}

TEST(MakeProfileQuery, ParsesStrictly) {
  EXPECT_TRUE(MakeProfileQuery(kCpu, "{pod=\"a\"}", Window()).ok());
  Refusal(MakeProfileQuery("cpu", "{}", Window()));
  Refusal(MakeProfileQuery("", "{}", Window()));
  Refusal(MakeProfileQuery(kCpu, "", Window()));
  Refusal(MakeProfileQuery(kCpu, "pod=\"a\"", Window()));
}

TEST(MakeProfileQuery, NamesTheTypeBeforeTheSelector) {
  const Error error = Refusal(MakeProfileQuery("cpu", "nonsense", Window()));
  EXPECT_NE(error.message.find("\"cpu\""), std::string::npos) << error.message;
}

TEST(MakeLabelQuery, JoinsSelectorsByAnd) {
  const std::vector<std::string> selectors = {"{a=\"1\"}", "{b=~\"2\"}"};
  const auto query = MakeLabelQuery(selectors, Window());
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->selector.ToString(), R"({a="1", b=~"2"})");
  EXPECT_TRUE(MakeLabelQuery({}, Window())->selector.matchers().empty());
}

TEST(MakeLabelQuery, RefusesAnEmptySelector) {
  const std::vector<std::string> selectors = {"{}", ""};
  Refusal(MakeLabelQuery(selectors, Window()));
}

TEST(CheckLabelName, RefusesNoName) {
  EXPECT_TRUE(CheckLabelName("pod").ok());
  Refusal(CheckLabelName(""));
}

TEST(MakeSampleSelection, ParsesIds) {
  const auto selection = MakeSampleSelection(
      {.span_ids = {"00f067aa0ba902b7", "00F067AA0BA902B7"},
       .trace_ids = {},
       .profile_ids = {"7C9E6679-7425-40de-944b-e07fc1f90ae7"},
       .call_site = {"main", ""}});
  ASSERT_TRUE(selection.ok());
  EXPECT_EQ(selection->span_ids,
            (std::vector<std::uint64_t>(2, 0x00f067aa0ba902b7)));
  EXPECT_EQ(selection->profile_ids.front(),
            "7c9e6679-7425-40de-944b-e07fc1f90ae7");
  EXPECT_EQ(selection->call_site, (std::vector<std::string>{"main", ""}));

  const auto trace =
      MakeSampleSelection({.span_ids = {},
                           .trace_ids = {"000102030405060708090a0b0c0d0e0f"},
                           .profile_ids = {},
                           .call_site = {}});
  ASSERT_TRUE(trace.ok());
  ASSERT_EQ(trace->trace_ids.front().size(), 16u);
  EXPECT_EQ(trace->trace_ids.front()[15], '\x0f');
}

TEST(MakeSampleSelection, RefusesSpansTogetherWithTraces) {
  // Refused before either is parsed.
  const Error error = Refusal(MakeSampleSelection({.span_ids = {"zz"},
                                                   .trace_ids = {"yy"},
                                                   .profile_ids = {},
                                                   .call_site = {}}));
  EXPECT_EQ(error.message,
            "the span id \"zz\" and the trace id \"yy\" cannot be combined");
}

TEST(MakeSampleSelection, QuotesAWrongId) {
  const auto span = [](std::string id) {
    return Refusal(MakeSampleSelection({.span_ids = {std::move(id)},
                                        .trace_ids = {},
                                        .profile_ids = {},
                                        .call_site = {}}));
  };
  EXPECT_EQ(span("zz").message, "the span id \"zz\" is not 16 hex digits");
  span("");
  span("00f067aa0ba902b");    // 15
  span("00f067aa0ba902b70");  // 17
  span("00f067aa0ba902bg");
  // A long value is shortened, an unsafe one is sanitized.
  EXPECT_LT(span(std::string(5000, 'x')).message.size(), 200u);
  EXPECT_EQ(span("\x1b[2J").message.find('\x1b'), std::string::npos);

  const Error trace =
      Refusal(MakeSampleSelection({.span_ids = {},
                                   .trace_ids = {"00f067aa0ba902b7"},
                                   .profile_ids = {},
                                   .call_site = {}}));
  EXPECT_EQ(trace.message,
            "the trace id \"00f067aa0ba902b7\" is not 32 hex digits");

  for (const char* id : {"zz", "", "7c9e6679-7425-40de-944b-e07fc1f90ae",
                         "7c9e6679-7425-40de-944b-e07fc1f90ae70",
                         "7c9e6679x7425-40de-944b-e07fc1f90ae7",
                         "7c9e6679-7425-40de-944b-e07fc1f90aeg"}) {
    Refusal(MakeSampleSelection({.span_ids = {},
                                 .trace_ids = {},
                                 .profile_ids = {id},
                                 .call_site = {}}));
  }
}

TEST(CheckMaxNodes, HasTheServersBounds) {
  EXPECT_TRUE(CheckMaxNodes(0).ok());
  EXPECT_TRUE(CheckMaxNodes(1'048'576).ok());
  Refusal(CheckMaxNodes(1'048'577));
  Refusal(CheckMaxNodes(-1));
}

TEST(MakeSeriesQuery, CutsTheStepBelowTheMillisecond) {
  const auto step = [](double seconds) {
    return MakeSeriesQuery(CpuOfAll(), {}, seconds)->step.count();
  };
  EXPECT_EQ(step(15), 15'000);
  EXPECT_EQ(step(7.5), 7'500);
  EXPECT_EQ(step(0.001), 1);
  EXPECT_EQ(step(0.0019), 1);
  // 3600.001 * 1000 is 3600000.9999999995 in binary.
  EXPECT_EQ(step(3600.001), 3'600'001);
  for (std::int64_t ms = 1; ms < 100'000; ms += 7) {
    EXPECT_EQ(step(static_cast<double>(ms) / 1000), ms);
  }
}

TEST(MakeSeriesQuery, RefusesAStepThatIsNone) {
  for (const double step : {0.0, 0.0009, -1.0, std::nan(""), 1e300,
                            std::numeric_limits<double>::infinity()}) {
    Refusal(MakeSeriesQuery(CpuOfAll(), {}, step));
  }
}

TEST(MakeSeriesQuery, KeepsTheOrderOfTheGroups) {
  const auto query = MakeSeriesQuery(CpuOfAll(), {"zone", "pod", "zone"}, 1);
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->group_by, (std::vector<std::string>{"zone", "pod"}));
}

TEST(MakeSeriesQuery, RefusesExemplarsOfSpans) {
  Refusal(MakeSeriesQuery(CpuOfAll(), {}, 1, ExemplarKind::kSpan));
  EXPECT_TRUE(
      MakeSeriesQuery(CpuOfAll(), {}, 1, ExemplarKind::kIndividual)->exemplars);
  EXPECT_FALSE(MakeSeriesQuery(CpuOfAll(), {}, 1)->exemplars);
}

TEST(MakeHeatmapQuery, RefusesWhatTheServerRefuses) {
  const auto with = [](HeatmapOptions options) {
    return MakeHeatmapQuery(CpuOfAll(), std::move(options));
  };
  using enum HeatmapKind;
  const HeatmapOptions good = {
      .step_seconds = 15, .kind = kSpan, .exemplars = ExemplarKind::kSpan};
  ASSERT_TRUE(with(good).ok());
  EXPECT_TRUE(with(good)->exemplars);
  HeatmapOptions bad = good;
  bad.step_seconds = 0;
  Refusal(with(bad));
  bad = good;
  bad.limit = -1;
  Refusal(with(bad));
  bad = good;
  bad.kind = std::nullopt;
  Refusal(with(bad));
  bad = good;
  bad.kind = kIndividual;
  Refusal(with(bad));
  ProfileQuery instant = CpuOfAll();
  instant.range.from = instant.range.to;
  Refusal(MakeHeatmapQuery(instant, good));
}

}  // namespace
}  // namespace pmcp::source
