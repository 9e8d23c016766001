#include "profile/stacks/top_functions.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using test::Dedent;
using test::FromCollapsed;
using test::ToText;

TopFunctionsResult Top(const Stacks& stacks,
                       const TopFunctionsOptions& options = {},
                       SumsMemo* memo = nullptr) {
  auto result = TopFunctions(stacks, options, CallContext(), memo);
  EXPECT_TRUE(result.ok());
  return *std::move(result);
}

Regex Pattern(std::string_view text) { return *Regex::Compile("focus", text); }

constexpr std::string_view kShop = R"(
    main;serve;json    30
    main;serve;db;json 10
    main;gc             5
    main;serve          1
)";

TEST(TopFunctions, RanksBySelf) {
  EXPECT_EQ(ToText(Top(FromCollapsed(kShop))), Dedent(R"(
      self total function
        40    40 json
         5     5 gc
         1    41 serve
         0    10 db
         0    46 main
  )"));
}

TEST(TopFunctions, RanksByTotal) {
  EXPECT_EQ(ToText(Top(FromCollapsed(kShop), {.order = TopOrder::kTotal})),
            Dedent(R"(
      self total function
         0    46 main
         1    41 serve
        40    40 json
         0    10 db
         5     5 gc
  )"));
}

TEST(TopFunctions, CountsRecursionOnce) {
  EXPECT_EQ(ToText(Top(FromCollapsed(R"(
      main;walk;walk;walk  10
      main;walk             5
      main;walk;visit;walk  1
  )"))),
            Dedent(R"(
      self total function
        16    16 walk
         0    16 main
         0     1 visit
  )"));
}

TEST(TopFunctions, BreaksTiesByName) {
  EXPECT_EQ(ToText(Top(FromCollapsed("b 1\nc 1\na 1\nB 1\n"))), Dedent(R"(
      self total function
         1     1 B
         1     1 a
         1     1 b
         1     1 c
  )"));
}

TEST(TopFunctions, SaysWhatTheLimitLeftOut) {
  const auto top = Top(FromCollapsed(kShop), {.limit = 2});
  EXPECT_EQ(top.rows.size(), 2u);
  EXPECT_EQ(top.function_count, 5u);
  EXPECT_EQ(top.omitted_self, 1);
  EXPECT_EQ(top.total, 46);
  EXPECT_EQ(top.kept, 46);
}

TEST(TopFunctions, FocusKeepsStacksThatMatch) {
  const auto top = Top(FromCollapsed(kShop), {.focus = Pattern("d[b]")});
  EXPECT_EQ(ToText(top), Dedent(R"(
      self total function
        10    10 json
         0    10 db
         0    10 main
         0    10 serve
  )"));
  EXPECT_EQ(top.total, 46);
  EXPECT_EQ(top.kept, 10);
  EXPECT_EQ(top.function_count, 4u);
}

TEST(TopFunctions, IgnoreDropsStacksThatMatch) {
  const auto top = Top(FromCollapsed(kShop), {.ignore = Pattern("^js")});
  EXPECT_EQ(ToText(top), Dedent(R"(
      self total function
         5     5 gc
         1     1 serve
         0     6 main
  )"));
  EXPECT_EQ(top.kept, 6);
}

TEST(TopFunctions, IgnoreComesAfterFocus) {
  const auto top = Top(FromCollapsed(kShop),
                       {.focus = Pattern("serve"), .ignore = Pattern("db")});
  EXPECT_EQ(top.kept, 31);
}

TEST(TopFunctions, IsEmptyWithoutStacks) {
  const auto top = Top(Stacks());
  EXPECT_TRUE(top.rows.empty());
  EXPECT_EQ(top.function_count, 0u);
  EXPECT_EQ(top.omitted_self, 0);
}

TEST(TopFunctions, KeepsNamesThatLookLikeTheRoot) {
  EXPECT_EQ(ToText(Top(FromCollapsed("total;other 2\n"))), Dedent(R"(
      self total function
         2     2 other
         0     2 total
  )"));
}

TEST(TopFunctions, EndsWhenTheCallIsOver) {
  std::stop_source source;
  source.request_stop();
  const CallContext call(source.get_token(), CallContext::Deadline::max());
  const auto top = TopFunctions(FromCollapsed(kShop), {}, call);
  ASSERT_FALSE(top.ok());
  EXPECT_EQ(top.error().kind, ErrorKind::kCancelled);
}

TEST(TopFunctions, OfACopyAreTheSameWhateverWasAskedBefore) {
  const Stacks stacks = FromCollapsed(kShop);
  const Stacks copy = stacks;
  const TopFunctionsOptions by_total{.order = TopOrder::kTotal};
  const std::string expected = ToText(Top(FromCollapsed(kShop), by_total));
  const auto focus = Regex::Compile("focus", "main");
  ASSERT_TRUE(focus.ok());
  SumsMemo memo;
  Top(stacks, {.focus = *focus}, &memo);
  EXPECT_EQ(memo.Find(stacks), nullptr);
  Top(stacks, {.limit = 1}, &memo);
  EXPECT_NE(memo.Find(stacks), nullptr);
  EXPECT_EQ(memo.Find(copy), memo.Find(stacks));
  EXPECT_EQ(ToText(Top(copy, by_total, &memo)), expected);
}

TEST(TopFunctions, TakesSumsFromTheMemo) {
  const Stacks stacks = FromCollapsed("main 7\n");
  SumsMemo memo;
  memo.Keep(stacks, std::make_shared<const FunctionSums>(
                        FunctionSums{{3}, {4}, {true}, 5}));
  EXPECT_EQ(ToText(Top(stacks, {}, &memo)), Dedent(R"(
      self total function
         3     4 main
  )"));
}

// Stacks of one-letter functions, and the same sums made the slow way.
struct RandomStacks {
  std::vector<std::pair<std::string, std::int64_t>> stacks;

  explicit RandomStacks(std::uint64_t seed) : stacks(40) {
    test::SplitMix64 random(seed);
    for (auto& [frames, value] : stacks) {
      for (std::size_t i = 1 + random.Below(8); i > 0; --i) {
        frames += static_cast<char>('a' + random.Below(6));
      }
      value = static_cast<std::int64_t>(1 + random.Below(100));
    }
  }

  Stacks Collapsed() const {
    std::string text;
    for (const auto& [frames, value] : stacks) {
      text += frames[0];
      for (const char frame : frames.substr(1)) text += {';', frame};
      text += " " + std::to_string(value) + "\n";
    }
    return FromCollapsed(text);
  }

  std::map<std::string, std::int64_t> Totals() const {
    std::map<std::string, std::int64_t> totals;
    for (const auto& [frames, value] : stacks) {
      for (const char name : std::set<char>(frames.begin(), frames.end())) {
        totals[std::string(1, name)] += value;
      }
    }
    return totals;
  }

  std::int64_t Sum() const {
    std::int64_t sum = 0;
    for (const auto& [frames, value] : stacks) sum += value;
    return sum;
  }
};

TEST(TopFunctions, AddsUpAsTheSlowWayDoes) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const RandomStacks random(seed);
    const auto top = Top(random.Collapsed());
    const auto totals = random.Totals();
    ASSERT_EQ(top.rows.size(), totals.size());
    std::int64_t self = 0;
    for (const FunctionRow& row : top.rows) {
      EXPECT_EQ(row.total, totals.at(row.name));
      EXPECT_LE(row.self, row.total);
      self += row.self;
    }
    EXPECT_EQ(self, random.Sum());
    EXPECT_EQ(top.total, random.Sum());
  }
}

TEST(TopFunctions, FocusAndIgnoreNeverAdd) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Stacks stacks = RandomStacks(seed).Collapsed();
    const auto focus = Top(stacks, {.focus = Pattern("a")});
    const auto ignore = Top(stacks, {.ignore = Pattern("a")});
    EXPECT_EQ(focus.kept + ignore.kept, stacks.total());
    const auto both =
        Top(stacks, {.focus = Pattern("b"), .ignore = Pattern("a")});
    EXPECT_LE(both.kept, ignore.kept);
    const auto totals = RandomStacks(seed).Totals();
    for (const FunctionRow& row : both.rows) {
      EXPECT_LE(row.total, totals.at(row.name));
      EXPECT_NE(row.name, "a");
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
