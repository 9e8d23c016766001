#include "tools/args/all_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

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
const ProfileType kWallCpu{"process_cpu", "cpu", "nanoseconds", "wall",
                           "nanoseconds"};
const ProfileType kInuse{"memory", "inuse_space", "bytes", "space", "bytes"};

class AllTypesTest : public testing::Test {
 protected:
  Result<AskedProfiles> Resolve(std::string_view profile_type,
                                std::vector<ProfileType> known) {
    auto fake = std::make_unique<test::FakeSource>();
    fake->covered = {3,
                     {At("2026-07-28T10:00:00Z"), At("2026-07-28T11:00:00Z")}};
    fake->types = std::move(known);
    fake->all_series = {
        profile::Labels({{"service_name", "shop"}, {"pod", "a"}})};
    std::vector<source::NamedSource> all;
    all.push_back({"local", std::move(fake)});
    sources_ = source::Sources(std::move(all));
    ProfileQuestionArgs args;
    args.profile_type = profile_type;
    return ResolveExportQuery(args, {sources_, clock_, ""}, {});
  }
  // "process_cpu cpu", or the error.
  std::string Kind(std::string_view profile_type,
                   std::vector<ProfileType> known) {
    const auto asked = Resolve(profile_type, std::move(known));
    if (!asked.ok()) return asked.error().message + "\n" + asked.error().hint;
    if (!asked->is_all_types) return "one type";
    return asked->query.type.name + " " + asked->query.type.period_type;
  }

  source::Sources sources_;
  const test::FakeClock clock_{At("2026-07-28T12:00:00Z")};
};

TEST_F(AllTypesTest, AllMeansTheOnlyKind) {
  EXPECT_EQ(Kind("all", {kCpu, kSamples}), "process_cpu cpu");
  EXPECT_EQ(Kind(" all ", {kInuse}), "memory space");
}

TEST_F(AllTypesTest, OneTypeIsResolvedAsElsewhere) {
  EXPECT_EQ(Kind("", {kCpu, kSamples}), "one type");
  EXPECT_EQ(Kind(kCpu.Id(), {kCpu, kSamples}), "one type");
  EXPECT_EQ(Kind("process_cpu:samples", {kCpu, kSamples}), "one type");
  EXPECT_THAT(Kind("small", {kCpu}), HasSubstr("no profile type \"small\""));
}

TEST_F(AllTypesTest, SeveralKindsHaveToBeNamed) {
  EXPECT_EQ(Kind("all", {kInuse, kCpu, kSamples}),
            "2 kinds of profiles match, which cannot be one file\n"
            "Narrow with service, or export one kind with profile_type: "
            "memory:all, process_cpu:all.");
  EXPECT_EQ(Kind("memory:all", {kInuse, kCpu, kSamples}), "memory space");
  EXPECT_EQ(Kind("nope:all", {kInuse, kCpu, kSamples}),
            "no profiles called \"nope\" here\n"
            "Use one of: memory:all, process_cpu:all.");
}

TEST_F(AllTypesTest, PeriodsOfSeveralTypesCannotBeOneFile) {
  EXPECT_THAT(Kind("process_cpu:all", {kCpu, kWallCpu}),
              HasSubstr("have 2 types of periods"));
  EXPECT_THAT(Kind("all", {kCpu, kWallCpu}),
              HasSubstr("profile_type: process_cpu:all."));
}

TEST_F(AllTypesTest, ManyKindsAreNotAllListed) {
  std::vector<ProfileType> known;
  for (char c = 'a'; c < 'a' + 14; ++c) {
    known.push_back({std::string(1, c), "x", "count", "", ""});
  }
  EXPECT_THAT(Kind("all", known), HasSubstr("l:all, and 2 more."));
}

TEST_F(AllTypesTest, WithoutDataTheAnswerExplains) {
  const auto asked = Resolve("all", {});
  ASSERT_TRUE(asked.ok());
  EXPECT_TRUE(asked->is_all_types);
  EXPECT_EQ(asked->query.type.name, "");
}

}  // namespace
}  // namespace pmcp::tools
