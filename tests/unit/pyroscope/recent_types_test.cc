#include "pyroscope/recent_types.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/fake_clock.h"

namespace pmcp::pyroscope {
namespace {

using std::chrono::seconds;

class RecentTypesTest : public testing::Test {
 protected:
  static source::LabelQuery Query(const std::string& service,
                                  seconds later = seconds(0)) {
    source::LabelQuery query{
        .range = {test::At("2026-11-23T09:00:00Z") + later,
                  test::At("2026-11-23T10:00:00Z") + later}};
    query.selector.Add(profile::LabelSelector::Equals("service_name", service));
    return query;
  }

  std::chrono::steady_clock::time_point now_ = std::chrono::steady_clock::now();
  RecentTypes recent_{[this] { return now_; }};
  const std::vector<profile::ProfileType> types_ = {
      *profile::ProfileType::Parse("wall:wall:ms:wall:ms")};
};

TEST_F(RecentTypesTest, AreKeptForAMinute) {
  EXPECT_EQ(recent_.Find(Query("a")), std::nullopt);
  recent_.Keep(Query("a"), types_);
  now_ += seconds(59);
  EXPECT_EQ(recent_.Find(Query("a", seconds(59))), types_);
  EXPECT_EQ(recent_.Find(Query("b")), std::nullopt);
  EXPECT_EQ(recent_.Find(Query("a", seconds(61))), std::nullopt);
  now_ += seconds(1);
  EXPECT_EQ(recent_.Find(Query("a")), std::nullopt);
}

TEST_F(RecentTypesTest, AnEmptyAnswerIsNotKept) {
  recent_.Keep(Query("a"), types_);
  recent_.Keep(Query("a"), {});
  EXPECT_EQ(recent_.Find(Query("a")), std::nullopt);
}

TEST_F(RecentTypesTest, TheNumberIsBounded) {
  for (std::size_t i = 0; i <= RecentTypes::kMostKept; ++i) {
    recent_.Keep(Query(fmt::format("s{}", i)), types_);
  }
  EXPECT_EQ(recent_.Find(Query("s0")), std::nullopt);
  EXPECT_EQ(recent_.Find(Query(fmt::format("s{}", RecentTypes::kMostKept))),
            types_);
}

}  // namespace
}  // namespace pmcp::pyroscope
