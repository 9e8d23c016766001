// A table and a JSON answer to the same query state the same numbers: the test
// formats the cells of the table from the JSON and compares them, for many
// random answers of a source.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "profile/words/profile_type.h"
#include "profile/words/quantity.h"
#include "tests/support/random.h"
#include "tests/support/tool_caller.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using profile::FormatPercent;
using profile::FormatQuantity;
using profile::FormatRate;
using profile::Unit;
using test::At;
using test::SplitMix64;
using test::ToolCaller;

constexpr int kRounds = 50;
constexpr std::string_view kFrames[] = {"main", "a", "b", "std::map<int, int>",
                                        "other"};
constexpr std::chrono::hours kWindow{1};  // of ToolCaller

using Cells = std::vector<std::string>;

/// The cells of a line, separated by at least two blanks.
Cells Split(std::string_view line) {
  Cells cells;
  while (!(line = Trim(line)).empty()) {
    const std::size_t end = std::min(line.find("  "), line.size());
    cells.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return cells;
}

/// The rows below the line that begins with `header`, up to a blank line.
std::vector<Cells> RowsBelow(std::string_view text, std::string_view header) {
  std::vector<Cells> rows;
  bool in_table = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (in_table && line.empty()) break;
    if (in_table) rows.push_back(Split(line));
    if (line.starts_with(header)) in_table = true;
  }
  return rows;
}

/// A random value of any magnitude.
std::int64_t RandomValue(SplitMix64& random) {
  return static_cast<std::int64_t>(1 +
                                   (random.Next() >> (8 + random.Below(55))));
}

void FillStacks(SplitMix64& random, test::FakeSource& source) {
  source.stacks.clear();
  for (std::size_t left = 1 + random.Below(20); left > 0; --left) {
    std::vector<std::string> stack;
    for (std::size_t depth = 1 + random.Below(4); depth > 0; --depth) {
      stack.emplace_back(kFrames[random.Below(std::size(kFrames))]);
    }
    source.stacks.emplace_back(std::move(stack), RandomValue(random));
  }
}

TEST(SameNumbers, OfFunctions) {
  SplitMix64 random(1);
  for (int round = 0; round < kRounds; ++round) {
    ToolCaller caller;
    FillStacks(random, caller.source());
    const json arguments = {{"limit", 1 + random.Below(6)},
                            {"sort", random.OneIn(2) ? "self" : "total"}};
    const json answer = caller.Json("query_flamegraph", arguments);
    const auto total = answer.at("total").get<std::int64_t>();
    std::vector<Cells> expected;
    for (const json& row : answer.at("functions")) {
      const auto self = row.at("self").get<std::int64_t>();
      const auto with_callees = row.at("total").get<std::int64_t>();
      expected.push_back({FormatQuantity(self, Unit::kNanoseconds),
                          FormatPercent(double(self), double(total)),
                          FormatQuantity(with_callees, Unit::kNanoseconds),
                          FormatPercent(double(with_callees), double(total)),
                          row.at("name")});
    }
    const std::string text = caller.Call("query_flamegraph", arguments).text;
    EXPECT_EQ(RowsBelow(text, "SELF"), expected) << text;
    EXPECT_NE(text.find(fmt::format("total: {} ",
                                    FormatQuantity(total, Unit::kNanoseconds))),
              std::string::npos)
        << text;
  }
}

/// Series by pod with points inside the window, at full minutes.
void FillSeries(SplitMix64& random, test::FakeSource& source) {
  source.series_in_time.clear();
  for (std::size_t pod = 1 + random.Below(5); pod > 0; --pod) {
    profile::Series series{.labels = {{"pod", fmt::format("p{}", pod)}}};
    for (int minute = 1; minute <= 60; ++minute) {
      if (random.OneIn(3)) continue;
      series.points.push_back(
          {At("2026-07-28T10:00:00Z") + std::chrono::minutes(minute),
           static_cast<double>(RandomValue(random) >> 10)});
    }
    source.series_in_time.push_back(std::move(series));
  }
}

TEST(SameNumbers, OfTopSeries) {
  SplitMix64 random(2);
  for (int round = 0; round < kRounds; ++round) {
    ToolCaller caller;
    FillSeries(random, caller.source());
    const json arguments = {{"limit", 1 + random.Below(6)},
                            {"group_by", {"pod"}}};
    const json answer = caller.Json("top_series", arguments);
    std::vector<Cells> expected;
    for (const json& row : answer.at("series")) {
      const auto total = row.at("total").get<double>();
      expected.push_back(
          {std::to_string(row.at("rank").get<int>()),
           FormatQuantity(total, Unit::kNanoseconds),
           FormatPercent(total, answer.at("total").get<double>()),
           FormatRate(total, caller.source().types[0], kWindow),
           row.at("labels").at("pod")});
    }
    const std::string text = caller.Call("top_series", arguments).text;
    EXPECT_EQ(RowsBelow(text, "RANK"), expected) << text;
  }
}

TEST(SameNumbers, OfSeriesInTime) {
  SplitMix64 random(3);
  for (int round = 0; round < kRounds; ++round) {
    ToolCaller caller;
    FillSeries(random, caller.source());
    const json arguments = {
        {"step", "1m"}, {"group_by", {"pod"}}, {"points", true}};
    const json answer = caller.Json("query_series", arguments);
    const std::chrono::milliseconds step(
        std::int64_t(1000 * answer.at("stepSeconds").get<double>()));
    std::vector<Cells> expected;
    for (const json& row : answer.at("series")) {
      const std::string pod = row.at("labels").at(0).at("value");
      for (const json& point : row.at("points")) {
        const TimePointMs time(
            std::chrono::milliseconds(point.at("timestamp").get<long>()));
        expected.push_back({FormatTime(time),
                            FormatRate(point.at("value").get<double>(),
                                       caller.source().types[0], step),
                            fmt::format("{{pod={}}}", pod)});
      }
    }
    const std::string text = caller.Call("query_series", arguments).text;
    EXPECT_EQ(RowsBelow(text, "TIMESTAMP"), expected) << text;
  }
}

/// MEAN MIN MAX LAST of the line of a series, formatted from its JSON.
Cells SummaryCells(const json& row, const profile::ProfileType& type,
                   std::chrono::milliseconds step) {
  Cells cells;
  for (const char* key : {"mean", "min", "max", "last"}) {
    const auto value = row.at(key).get<double>();
    cells.push_back(profile::IsGauge(type)
                        ? FormatQuantity(value, profile::UnitOf(type))
                        : FormatRate(value, type, step));
  }
  return cells;
}

TEST(SameNumbers, OfSummariesOfSeries) {
  SplitMix64 random(4);
  for (int round = 0; round < kRounds; ++round) {
    ToolCaller caller;
    if (random.OneIn(2)) {
      caller.source().types = {
          *profile::ProfileType::Parse("memory:inuse_space:bytes:space:bytes")};
    }
    const profile::ProfileType& type = caller.source().types[0];
    FillSeries(random, caller.source());
    const json arguments = {
        {"step", "1m"}, {"group_by", {"pod"}}, {"profile_type", type.Id()}};
    const json answer = caller.Json("query_series", arguments);
    std::vector<Cells> expected;
    for (const json& row : answer.at("series")) {
      expected.push_back(SummaryCells(row, type, std::chrono::minutes(1)));
    }
    const std::string text = caller.Call("query_series", arguments).text;
    std::vector<Cells> shown = RowsBelow(text, "MEAN");
    for (Cells& cells : shown) cells.resize(4);  // without SHAPE and LABELS
    EXPECT_EQ(shown, expected) << text;
    ASSERT_FALSE(shown.empty());
  }
}

std::vector<profile::Exemplar> RandomExemplars(SplitMix64& random, bool spans) {
  std::vector<profile::Exemplar> exemplars;
  for (std::size_t left = 1 + random.Below(8); left > 0; --left) {
    profile::Exemplar& exemplar = exemplars.emplace_back();
    exemplar.timestamp = At("2026-07-28T10:00:00Z") +
                         std::chrono::milliseconds(random.Below(3'600'000));
    exemplar.value = RandomValue(random);
    const std::string id = fmt::format("{:016x}", random.Next());
    (spans ? exemplar.span_id : exemplar.profile_id) = id;
    exemplar.labels = {{"pod", fmt::format("p{}", random.Below(9))}};
  }
  return exemplars;
}

std::vector<Cells> ExemplarCells(const json& answer, const char* id) {
  std::vector<Cells> rows;
  for (const json& row : answer.at("exemplars")) {
    rows.push_back({row.at(id), row.at("timestamp"),
                    FormatQuantity(row.at("value").get<std::int64_t>(),
                                   Unit::kNanoseconds),
                    row.at("labels").at("pod")});
  }
  return rows;
}

TEST(SameNumbers, OfExemplars) {
  SplitMix64 random(5);
  const TimePointMs end = At("2026-07-28T11:00:00Z");
  for (int round = 0; round < kRounds; ++round) {
    ToolCaller caller;
    const json arguments = {{"limit", 1 + random.Below(6)}};
    caller.source().series_in_time = {
        {.labels = {}, .points = {{end, 1, RandomExemplars(random, false)}}}};
    const std::string profiles =
        caller.Call("profile_exemplars", arguments).text;
    EXPECT_EQ(
        RowsBelow(profiles, "PROFILE ID"),
        ExemplarCells(caller.Json("profile_exemplars", arguments), "profileId"))
        << profiles;

    caller.source().heatmap = {
        {.labels = {},
         .slots = {
             {.timestamp = end, .exemplars = RandomExemplars(random, true)}}}};
    const std::string spans = caller.Call("span_exemplars", arguments).text;
    EXPECT_EQ(RowsBelow(spans, "SPAN ID"),
              ExemplarCells(caller.Json("span_exemplars", arguments), "spanId"))
        << spans;
    EXPECT_FALSE(RowsBelow(spans, "SPAN ID").empty());
  }
}

}  // namespace
}  // namespace pmcp::tools
