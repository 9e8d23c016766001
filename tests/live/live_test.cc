// Tests the parts of the live comparison, and all of it against the fake
// server. They show that it finds a difference even where no Pyroscope is
// available.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/gzip.h"
#include "profile/formats/decode_profile.h"
#include "profile/pprof/pprof_encode.h"
#include "store/directory_source.h"
#include "tests/live/compare.h"
#include "tests/live/live_run.h"
#include "tests/live/moved_oracle.h"
#include "tests/live/moved_profile.h"
#include "tests/oracle/question.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/profile_builder.h"
#include "tests/support/push_folder.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_folder.h"

namespace pmcp::live {
namespace {

TEST(MoveProfile, ChangesTheTimeAndNothingElse) {
  int profiles = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(oracle::DataFolder() / "profiles")) {
    const std::string file = test::ReadFile(entry.path());
    std::int64_t was = 0;
    const auto moved = MoveProfile(file, [&](std::int64_t time) {
      was = time;
      return time + 7;
    });
    ASSERT_TRUE(moved.ok()) << entry.path();
    auto before =
        profile::DecodeProfile(ByteBuffer(file), entry.path().string());
    const auto after =
        profile::DecodeProfile(ByteBuffer(*moved), entry.path().string());
    ASSERT_TRUE(before.ok() && after.ok()) << entry.path();
    EXPECT_EQ(before->time_nanos, was);
    EXPECT_EQ(after->time_nanos, was + 7);
    before->time_nanos += 7;
    EXPECT_EQ(profile::EncodePprof(*before), profile::EncodePprof(*after));
    ++profiles;
  }
  EXPECT_GT(profiles, 50);
}

TEST(MoveProfile, RefusesWhatIsNoProfile) {
  const auto same = [](std::int64_t time) { return time; };
  for (const char* bytes : {"\x0a",
                            "\x0a\x05"
                            "abc",
                            "\x07", "\x80"}) {
    EXPECT_FALSE(MoveProfile(bytes, same).ok()) << bytes;
  }
}

TEST(MovedOracle, LiesInTheLastFortyMinutes) {
  const SystemClock clock;
  const TimePointMs now = FloorToMs(clock.Now());
  const MovedOracle oracle(now, "r1");
  EXPECT_LE(oracle.window().to, now);
  EXPECT_GE(oracle.window().from, now - std::chrono::minutes(41));
  const store::DirectorySource folder(
      {.folder = oracle.folder(), .rules = store::IngestRules::kAsPushed},
      clock);
  const auto covered = folder.Covered({});
  ASSERT_TRUE(covered.ok());
  EXPECT_GE(covered->data.range.from, oracle.window().from);
  EXPECT_LE(covered->data.range.to, oracle.window().to);
  const auto runs = folder.LabelValues(
      "pmcp_run", {.selector = {}, .range = oracle.window()}, {});
  EXPECT_EQ(runs->data, std::vector<std::string>{"r1"});
}

/// A server that accepts pushes.
class PushedTo {
 public:
  explicit PushedTo(test::FakePyroscopeOptions options = {})
      : source_(
            {.folder = pushed_.path(), .rules = store::IngestRules::kAsPushed},
            clock_),
        fake_(source_, With(std::move(options), pushed_)) {}

  Result<Comparison> Run() const { return Asking(*this); }
  Result<Comparison> Asking(const PushedTo& asked) const {
    return RunLive(Config(), asked.Config(), clock_);
  }
  test::PushFolder& pushed() { return pushed_; }

 private:
  app::SourceConfig Config() const {
    app::SourceConfig config;
    config.name = "fake";
    config.url = fake_.url();
    return config;
  }
  static test::FakePyroscopeOptions With(test::FakePyroscopeOptions options,
                                         test::PushFolder& pushed) {
    options.pushed = &pushed;
    return options;
  }

  const SystemClock clock_;
  test::PushFolder pushed_;
  const store::DirectorySource source_;
  const test::FakePyroscope fake_;
};

TEST(Live, FindsTheSameAnswers) {
  const PushedTo server;
  const auto compared = server.Run();
  ASSERT_TRUE(compared.ok()) << compared.error().message;
  EXPECT_TRUE(compared->AllSame()) << compared->differences;
  EXPECT_EQ(compared->tools.size(), 8u);
  for (const auto& [tool, counts] : compared->tools) {
    EXPECT_EQ(counts.same, counts.all) << tool;
    EXPECT_GE(counts.all, 1) << tool;
  }
  EXPECT_GT(compared->tools.at("query_flamegraph").all, 50);
}

TEST(Live, FindsWhatIsMissing) {
  PushedTo server;
  server.pushed().IgnoreAfter(20);
  const auto compared = server.Run();
  ASSERT_TRUE(compared.ok()) << compared.error().message;
  EXPECT_FALSE(compared->AllSame());
  EXPECT_NE(compared->differences, "");
}

TEST(Live, AsksAnotherThanItPushesTo) {
  const PushedTo server;
  const PushedTo empty;
  const auto compared = server.Asking(empty);
  ASSERT_TRUE(compared.ok()) << compared.error().message;
  EXPECT_FALSE(compared->AllSame());
}

/// Counts the answers of profile_exemplars for two folders with profiles of one
/// second, given as (milliseconds, value).
ToolCounts SameExemplars(
    std::initializer_list<std::pair<int, std::int64_t>> ours,
    std::initializer_list<std::pair<int, std::int64_t>> theirs) {
  constexpr std::int64_t kSecond = 1'764'000'000;
  const SystemClock clock;
  const auto fill = [&](const test::TempFolder& folder, auto profiles) {
    for (const auto& [milliseconds, value] : profiles) {
      profile::Profile profile =
          test::ProfileBuilder().Sample("main", value).Build();
      profile.time_nanos = (kSecond * 1000 + milliseconds) * 1'000'000;
      folder.Write(fmt::format("service/{}.pb", milliseconds),
                   profile::EncodePprof(profile));
    }
    return store::DirectorySource(
        {.folder = folder.path(), .rules = store::IngestRules::kAsPushed},
        clock);
  };
  const test::TempFolder our_files;
  const test::TempFolder their_files;
  const auto our_source = fill(our_files, ours);
  const auto their_source = fill(their_files, theirs);
  const TimePointMs end{std::chrono::seconds(kSecond + 60)};
  const auto compared = Compare(our_source, their_source, "{}",
                                {end - std::chrono::minutes(2), end});
  return compared.tools.at("profile_exemplars");
}

TEST(Live, AnyOfEqualProfilesMayBeShown) {
  const auto all = SameExemplars({{2, 7}, {17, 7}}, {{2, 7}, {17, 7}});
  EXPECT_EQ(all.same, all.all);
  // A step of a long window shows one of both; that of a short one shows both.
  const auto missing = SameExemplars({{2, 7}, {17, 7}}, {{17, 7}});
  EXPECT_LT(missing.same, missing.all);
  for (const auto& other : {SameExemplars({{2, 7}, {17, 7}}, {{17, 8}}),
                            SameExemplars({{2, 7}, {17, 7}}, {{18, 7}}),
                            SameExemplars({{2, 8}, {17, 7}}, {{17, 7}})}) {
    EXPECT_LT(other.same, missing.same);
  }
}

TEST(Live, CountsWhatOldServersRefuse) {
  const PushedTo server({.mode = test::ServerMode::kV1});
  const auto compared = server.Run();
  ASSERT_TRUE(compared.ok()) << compared.error().message;
  EXPECT_TRUE(compared->AllSame()) << compared->differences;
  EXPECT_GT(compared->tools.at("span_exemplars").refused, 0);
  EXPECT_FALSE(compared->Passes());
  EXPECT_EQ(compared->mode, "v1");
}

TEST(Live, FindsTheSameAnswersInTheDefaultMode) {
  const SystemClock clock;
  const TimePointMs split = FloorToMs(clock.Now()) - std::chrono::minutes(42);
  const PushedTo server({.mode = test::ServerMode::kDual,
                         .new_since = split,
                         .max_query_length = std::chrono::hours(24)});
  const auto compared = server.Run();
  ASSERT_TRUE(compared.ok()) << compared.error().message;
  EXPECT_TRUE(compared->Passes()) << compared->differences;
  EXPECT_EQ(compared->mode, "v1-v2-dual, v2 from " + FormatTime(split) + " on");
}

TEST(Live, SaysWhyAPushIsRefused) {
  const PushedTo server({.authorization = "Bearer x"});
  const auto compared = server.Run();
  ASSERT_FALSE(compared.ok());
  EXPECT_NE(compared.error().message.find("401"), std::string::npos);
}

}  // namespace
}  // namespace pmcp::live
