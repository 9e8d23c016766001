#include "tools/answer/explain_empty.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"

namespace pmcp::tools {
namespace {

using test::At;
using testing::ElementsAre;
using testing::HasSubstr;

class ExplainEmptyTest : public testing::Test {
 protected:
  ExplainEmptyTest() {
    fake_.covered = {3,
                     {At("2026-07-28T10:00:00Z"), At("2026-07-28T11:00:00Z")}};
    fake_.types = {*profile::ProfileType::Parse("wall:wall:ms:wall:ms")};
    fake_.all_series = {
        profile::Labels({{"service_name", "shop"}, {"pod", "a"}}),
        profile::Labels({{"service_name", "cart"}, {"pod", "b"}})};
  }

  std::vector<std::string> Explain(
      std::string_view selector,
      std::string_view type = "wall:wall:ms:wall:ms") {
    AskedProfiles asked;
    asked.name = "local";
    asked.source = &fake_;
    asked.range = range_;
    asked.query = *source::MakeProfileQuery(type, selector, range_);
    return *ExplainEmpty(asked, CallContext());
  }

  test::FakeSource fake_;
  TimeRange range_ = {At("2026-07-28T10:00:00Z"), At("2026-07-28T11:00:00Z")};
};

TEST_F(ExplainEmptyTest, NoProfilesAtAll) {
  fake_.covered.profiles = 0;
  EXPECT_THAT(Explain("{}"),
              ElementsAre("Source \"local\" (fake nowhere) holds no profiles.",
                          HasSubstr("Put pprof files there")));
}

TEST_F(ExplainEmptyTest, NoProfilesAtAllInAServer) {
  fake_.covered.profiles = 0;
  fake_.is_server = true;
  EXPECT_THAT(Explain("{}")[1], HasSubstr("Send profiles to that server"));
}

TEST_F(ExplainEmptyTest, WindowBeforeAndAfterTheData) {
  range_ = {At("2026-07-28T12:00:00Z"), At("2026-07-28T13:00:00Z")};
  EXPECT_THAT(Explain("{}")[0], HasSubstr("lies after all profiles"));
  EXPECT_THAT(Explain("{}")[0],
              HasSubstr("2026-07-28T10:00:00Z to 2026-07-28T11:00:00Z"));
  range_ = {At("2026-07-27T12:00:00Z"), At("2026-07-27T13:00:00Z")};
  EXPECT_THAT(Explain("{}")[0], HasSubstr("lies before all profiles"));
}

TEST_F(ExplainEmptyTest, NamesTheMatcherThatHoldsForNothing) {
  const auto why = Explain("{pod=\"a\",service_name=\"shoop\"}");
  EXPECT_THAT(why[0], HasSubstr("service_name=\"shoop\""));
  EXPECT_THAT(why[0], HasSubstr("Did you mean \"shop\"?"));
  EXPECT_THAT(why[1], HasSubstr("cart, shop"));
}

TEST_F(ExplainEmptyTest, NamesALabelThatIsNotThere) {
  EXPECT_THAT(Explain("{region=\"eu\"}")[0],
              HasSubstr("there is no label \"region\""));
}

TEST_F(ExplainEmptyTest, MatchersThatNeverMeet) {
  EXPECT_THAT(Explain("{pod=\"a\",service_name=\"cart\"}")[0],
              HasSubstr("no profile in this window matches all of them"));
}

TEST_F(ExplainEmptyTest, NamesTheTypesThereAre) {
  const auto why = Explain("{}", "process_cpu:cpu:nanoseconds:cpu:nanoseconds");
  EXPECT_THAT(why[0], HasSubstr("none of type process_cpu:cpu"));
  EXPECT_THAT(why[1], HasSubstr("wall:wall:ms:wall:ms"));
}

TEST_F(ExplainEmptyTest, SamplesThatWereNotSelected) {
  EXPECT_THAT(Explain("{}")[0], HasSubstr("none of their samples"));
}

}  // namespace
}  // namespace pmcp::tools
