#include "tools/args/query_args.h"

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
const ProfileType kWallSamples{"wall", "samples", "count", "wall",
                               "microseconds"};
const ProfileType kMutex{"mutex", "delay", "nanoseconds", "contentions",
                         "count"};
const std::vector<ProfileType> kKnown = {kCpu, kSamples, kWallSamples, kMutex};

/// What a Go program has.
std::vector<ProfileType> GoTypes() {
  std::vector<ProfileType> types = {
      kCpu,
      kSamples,
      kMutex,
      {"mutex", "contentions", "count", "contentions", "count"},
      {"block", "contentions", "count", "contentions", "count"},
      {"block", "delay", "nanoseconds", "contentions", "count"},
      {"goroutine", "goroutine", "count", "goroutine", "count"}};
  for (const char* sample_type :
       {"alloc_objects", "alloc_space", "inuse_objects", "inuse_space"}) {
    const bool bytes = std::string_view(sample_type).ends_with("space");
    types.push_back(
        {"memory", sample_type, bytes ? "bytes" : "count", "space", "bytes"});
  }
  return types;
}

/// The ID that `text` means; the text of the error when it means none.
std::string Resolved(std::string_view text,
                     const std::vector<ProfileType>& known) {
  const auto asked = ResolveProfileType(text, known);
  return asked.ok() ? asked->type.Id() : asked.error().message;
}

TEST(ResolveProfileType, UnderstandsShortNames) {
  EXPECT_EQ(Resolved("cpu", kKnown), kCpu.Id());
  EXPECT_EQ(Resolved(" mutex ", kKnown), kMutex.Id());
  EXPECT_EQ(Resolved("delay", kKnown), kMutex.Id());
  EXPECT_EQ(Resolved("process_cpu:samples", kKnown), kSamples.Id());
  EXPECT_EQ(Resolved(kWallSamples.Id(), kKnown), kWallSamples.Id());
  EXPECT_EQ(Resolved("Process_CPU:Samples", kKnown), kSamples.Id());
  EXPECT_EQ(ResolveProfileType("cpu", kKnown)->note, "");
  EXPECT_EQ(ResolveProfileType("mutex", kKnown)->note, "");
}

TEST(ResolveProfileType, UnderstandsTheWordsThatPeopleUse) {
  const std::vector<std::pair<std::string, std::string>> kWords = {
      {"process_cpu", kCpu.Id()},
      {"mutex", kMutex.Id()},
      {"lock", kMutex.Id()},
      {"contention", kMutex.Id()},
      {"block", "block:delay:nanoseconds:contentions:count"},
      {"heap", "memory:inuse_space:bytes:space:bytes"},
      {"memory", "memory:inuse_space:bytes:space:bytes"},
      {"mem", "memory:inuse_space:bytes:space:bytes"},
      {"inuse", "memory:inuse_space:bytes:space:bytes"},
      {"alloc", "memory:alloc_space:bytes:space:bytes"},
      {"allocs", "memory:alloc_space:bytes:space:bytes"},
      {"goroutine", "goroutine:goroutine:count:goroutine:count"},
      {"goroutines", "goroutine:goroutine:count:goroutine:count"}};
  for (const auto& [word, id] : kWords) {
    EXPECT_EQ(Resolved(word, GoTypes()), id) << word;
    std::string upper = word;
    upper.front() = static_cast<char>(upper.front() - 'a' + 'A');
    EXPECT_EQ(Resolved(upper, GoTypes()), id) << upper;
  }
}

TEST(ResolveProfileType, SaysWhichOfSeveralAWordMeans) {
  EXPECT_EQ(ResolveProfileType("Heap", GoTypes())->note,
            "profile_type \"Heap\" is taken as memory:inuse_space; also there: "
            "memory:alloc_objects, memory:alloc_space, memory:inuse_objects.");
  EXPECT_EQ(ResolveProfileType("lock", GoTypes())->note,
            "profile_type \"lock\" is taken as mutex:delay; also there: "
            "mutex:contentions.");
  EXPECT_EQ(ResolveProfileType("goroutines", GoTypes())->note, "");
}

TEST(ResolveProfileType, AWordIsUnknownWithoutTheTypeThatItMeans) {
  EXPECT_THAT(Resolved("heap", {kCpu, kSamples}), HasSubstr("\"heap\""));
  const auto type = ResolveProfileType(
      "memory", {{"memory", "alloc_in_new_tlab_bytes", "bytes", "", ""},
                 {"memory", "alloc_in_new_tlab_objects", "count", "", ""}});
  ASSERT_FALSE(type.ok());
  EXPECT_EQ(type.error().kind, ErrorKind::kInvalidArgument);
}

TEST(ResolveProfileType, WithoutANameCpuTimeIsMeant) {
  EXPECT_EQ(Resolved("", GoTypes()), kCpu.Id());
  EXPECT_EQ(ResolveProfileType("", GoTypes())->note, "");
  EXPECT_EQ(ResolveProfileType("", {})->type.sample_type, "cpu");
}

TEST(ResolveProfileType, WithoutCpuTimeWallTimeIsMeant) {
  const ProfileType wall{"wall", "wall", "nanoseconds", "wall", "nanoseconds"};
  const ProfileType heap{"memory", "inuse_space", "bytes", "", ""};
  const auto asked = ResolveProfileType("", {heap, wall, kWallSamples});
  ASSERT_TRUE(asked.ok());
  EXPECT_EQ(asked->type, wall);
  EXPECT_EQ(asked->note,
            "No CPU time was measured here, so without profile_type this is "
            "wall:wall; also there: wall:samples.");
  EXPECT_FALSE(ResolveProfileType("cpu", {heap, wall}).ok());
}

TEST(ResolveProfileType, WithoutEitherTheOnlyKindIsMeant) {
  std::vector<ProfileType> memory = GoTypes();
  std::erase_if(memory, [](const auto& type) { return type.name != "memory"; });
  EXPECT_EQ(Resolved("", memory), "memory:inuse_space:bytes:space:bytes");
  EXPECT_THAT(ResolveProfileType("", memory)->note,
              HasSubstr("this is memory:inuse_space; also there: "));
  EXPECT_EQ(ResolveProfileType("", {kMutex})->type, kMutex);
  memory.push_back(kMutex);
  EXPECT_THAT(Resolved("", memory), HasSubstr("no profile type \"cpu\""));
}

TEST(ResolveProfileType, TakesAFullIdThatIsNotThere) {
  const std::string id = "memory:inuse_space:bytes:space:bytes";
  EXPECT_EQ(Resolved(id, kKnown), id);
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
  EXPECT_EQ(ResolveProfileType("cpu", {})->type.sample_type, "cpu");
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
