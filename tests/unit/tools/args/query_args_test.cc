#include "tools/args/query_args.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/support/fake_clock.h"
#include "tests/support/fake_source.h"

namespace pmcp::tools {
namespace {

using profile::ProfileType;
using test::At;
using testing::HasSubstr;

const ProfileType kCpu{"process_cpu", "cpu", "nanoseconds", "cpu",
                       "nanoseconds"};
const ProfileType kSamples{"process_cpu", "samples", "count", "cpu",
                           "nanoseconds"};
const ProfileType kWallSamples{"wall", "samples", "count", "wall",
                               "microseconds"};
const ProfileType kMutex{"mutex", "delay", "nanoseconds", "contentions",
                         "count"};
const std::vector<ProfileType> kKnown = {kCpu, kSamples, kWallSamples, kMutex};

TEST(ResolveProfileType, UnderstandsShortNames) {
  EXPECT_EQ(*ResolveProfileType("cpu", kKnown), kCpu);
  EXPECT_EQ(*ResolveProfileType(" mutex ", kKnown), kMutex);
  EXPECT_EQ(*ResolveProfileType("delay", kKnown), kMutex);
  EXPECT_EQ(*ResolveProfileType("process_cpu:samples", kKnown), kSamples);
  EXPECT_EQ(*ResolveProfileType(kWallSamples.Id(), kKnown), kWallSamples);
}

TEST(ResolveProfileType, TakesAFullIdThatIsNotThere) {
  const std::string id = "memory:inuse_space:bytes:space:bytes";
  EXPECT_EQ(ResolveProfileType(id, kKnown)->Id(), id);
}

TEST(ResolveProfileType, ListsTheCandidatesOfAnAmbiguousName) {
  const auto type = ResolveProfileType("samples", kKnown);
  ASSERT_FALSE(type.ok());
  EXPECT_EQ(type.error().kind, ErrorKind::kInvalidArgument);
  EXPECT_THAT(type.error().hint, HasSubstr(kSamples.Id()));
  EXPECT_THAT(type.error().hint, HasSubstr(kWallSamples.Id()));
}

TEST(ResolveProfileType, NamesTheNearestOfAnUnknownName) {
  const auto type = ResolveProfileType("mutexes", kKnown);
  ASSERT_FALSE(type.ok());
  EXPECT_EQ(type.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(type.error().message, HasSubstr("\"mutexes\""));
  EXPECT_THAT(type.error().hint, HasSubstr("Did you mean \"mutex\"?"));
}

TEST(ResolveProfileType, KeepsTheNameWhenNothingIsKnown) {
  EXPECT_EQ(ResolveProfileType("cpu", {})->sample_type, "cpu");
}

TEST(ParseSelector, BracesAreOptional) {
  EXPECT_EQ(ParseSelector("", "")->ToString(), "{}");
  EXPECT_EQ(ParseSelector("", "{}")->ToString(), "{}");
  EXPECT_EQ(ParseSelector("", " pod=\"a\", zone!=\"b\" ")->ToString(),
            "{pod=\"a\", zone!=\"b\"}");
  EXPECT_EQ(ParseSelector("shop", "{pod=\"{\"}")->ToString(),
            "{pod=\"{\", service_name=\"shop\"}");
  EXPECT_EQ(ParseSelector("", "\"k8s.pod\"=\"a\"")->ToString(),
            "{\"k8s.pod\"=\"a\"}");
}

TEST(ParseSelector, QuotesAServiceWhateverItIsCalled) {
  const auto selector = ParseSelector("a\"}b", "");
  ASSERT_TRUE(selector.ok());
  EXPECT_EQ(selector->ToString(), "{service_name=\"a\\\"}b\"}");
}

TEST(ParseSelector, RefusesWhatIsNoSelector) {
  EXPECT_FALSE(ParseSelector("", "pod==\"a\"").ok());
  EXPECT_FALSE(ParseSelector("", "pod").ok());
  EXPECT_FALSE(ParseSelector("", "{pod=\"a\"").ok());
}

class ResolveTest : public testing::Test {
 protected:
  ResolveTest() {
    auto fake = std::make_unique<test::FakeSource>();
    fake->covered = {3,
                     {At("2026-07-28T10:00:00Z"), At("2026-07-28T11:00:00Z")}};
    fake->types = {kCpu};
    fake->all_series = {
        profile::Labels({{"service_name", "shop"}, {"pod", "a"}})};
    std::vector<source::NamedSource> all;
    all.push_back({"local", std::move(fake)});
    sources_ = source::Sources(std::move(all));
  }

  Result<AskedProfiles> Resolve(const ProfileQuestionArgs& args) {
    return ResolveProfileQuery(args, Deps{sources_, clock_}, CallContext());
  }

  source::Sources sources_;
  test::FakeClock clock_{At("2026-07-28T12:00:00Z")};
};

TEST_F(ResolveTest, WindowDefaultsToTheSourcesOwn) {
  const auto asked = Resolve({});
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->name, "local");
  EXPECT_TRUE(asked->is_default_window);
  EXPECT_EQ(asked->query.range.from, At("2026-07-28T10:00:00Z"));
  EXPECT_EQ(asked->query.type, kCpu);
}

TEST_F(ResolveTest, WindowGivenIsNotTheDefault) {
  const auto asked = Resolve({{.from = "now-90m"}});
  ASSERT_TRUE(asked.ok());
  EXPECT_FALSE(asked->is_default_window);
  EXPECT_EQ(asked->query.range.from, At("2026-07-28T10:30:00Z"));
  EXPECT_EQ(asked->query.range.to, At("2026-07-28T12:00:00Z"));
}

TEST_F(ResolveTest, UnknownSourceIsAnError) {
  const auto asked = Resolve({{.source = "locla"}});
  ASSERT_FALSE(asked.ok());
  EXPECT_EQ(asked.error().kind, ErrorKind::kNotFound);
}

TEST_F(ResolveTest, UnknownServiceIsAnEmptyAnswerLater) {
  const auto asked = Resolve({{.service = "nope"}});
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->query.selector.ToString(), "{service_name=\"nope\"}");
}

}  // namespace
}  // namespace pmcp::tools
