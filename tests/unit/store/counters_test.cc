// Answers from profiles that count since the start of the process, end to end
// and by random folders.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/asked_folder.h"
#include "tests/support/random.h"
#include "tests/support/store_index.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::AskedFolder;
using test::ProfileBuilder;
using test::SplitMix64;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");
constexpr std::string_view kAllocSpace = "memory:alloc_space:bytes::";
constexpr std::string_view kInuseSpace = "memory:inuse_space:bytes::";

/// The allocated bytes of each stack.
using Counts = std::map<std::string, std::int64_t>;

std::string HeapFile(TimePoint time, const Counts& allocated) {
  ProfileBuilder builder({{"alloc_space", "bytes"}, {"inuse_space", "bytes"}});
  for (const auto& [stack, bytes] : allocated)
    builder.Sample(stack, {bytes, 1});
  builder.profile().time_nanos = time.time_since_epoch().count();
  return test::PprofFile(builder.Build());
}

AskedFolder FilesFolder() {
  return AskedFolder({.folder = {}, .rules = IngestRules::kAsFiles});
}

source::StacktraceQuery Ask(TimeRange range,
                            std::string_view type = kAllocSpace) {
  return {*source::MakeProfileQuery(type, "{}", range), {}};
}

Counts StacksOf(const AskedFolder& folder,
                const source::StacktraceQuery& query) {
  const auto answer = folder.source().MergeStacktraces(query, {});
  EXPECT_TRUE(answer.ok());
  Counts stacks;
  answer->data.ForEach([&](auto frames, std::int64_t value) {
    std::string stack;
    for (const auto frame : frames) {
      stack += (stack.empty() ? "" : ";");
      stack += answer->data.names()[frame];
    }
    stacks[stack] += value;
  });
  std::erase_if(stacks, [](const auto& item) { return item.second == 0; });
  EXPECT_EQ(answer->data.totals().magnitude, answer->data.totals().total);
  return stacks;
}

std::vector<std::string> NoticesOf(const AskedFolder& folder,
                                   const source::StacktraceQuery& query) {
  std::vector<std::string> texts;
  const auto answer = folder.source().MergeStacktraces(query, {});
  for (const source::Notice& notice : answer->notices) {
    texts.push_back(notice.text);
  }
  return texts;
}

/// The values of the points of all series, by their minute after kTen.
std::map<int, double> PointsOf(const AskedFolder& folder, TimeRange range) {
  const auto query = source::MakeSeriesQuery(
      *source::MakeProfileQuery(kAllocSpace, "{}", range), {}, 60);
  const auto answer = folder.source().SelectSeries(*query, {});
  std::map<int, double> points;
  for (const profile::Series& series : answer->data) {
    for (const profile::Point& point : series.points) {
      const auto after = std::chrono::floor<minutes>(point.timestamp - kTen);
      points[static_cast<int>(after.count())] += point.value;
    }
  }
  return points;
}

TimeRange Minutes(int from, int to) {
  return {kTen + minutes(from), kTen + minutes(to)};
}

void WriteThree(const AskedFolder& folder) {
  folder.Write("api/1.pb.gz", HeapFile(kTen, {{"main;a", 100}}));
  folder.Write("api/2.pb.gz",
               HeapFile(kTen + minutes(1), {{"main;a", 110}, {"main;b", 1}}));
  folder.Write("api/3.pb.gz",
               HeapFile(kTen + minutes(2), {{"main;a", 150}, {"main;b", 3}}));
}

TEST(Counters, CountWhatWasAddedBetweenTheFirstAndTheLast) {
  const AskedFolder folder = FilesFolder();
  WriteThree(folder);
  const source::StacktraceQuery query = Ask(test::Always());
  EXPECT_EQ(StacksOf(folder, query), (Counts{{"main;a", 50}, {"main;b", 3}}));
  EXPECT_EQ(NoticesOf(folder, query),
            (std::vector<std::string>{
                "alloc_space counts since the start of the process, so "
                "profiles are not added up: shown is what each of 2 profiles "
                "added to the one before"}));
  EXPECT_EQ(PointsOf(folder, Minutes(0, 2)),
            (std::map<int, double>{{1, 11}, {2, 42}}));
}

TEST(Counters, AWindowStartsFromTheProfileBeforeIt) {
  const AskedFolder folder = FilesFolder();
  WriteThree(folder);
  EXPECT_EQ(StacksOf(folder, Ask(Minutes(2, 3))),
            (Counts{{"main;a", 40}, {"main;b", 2}}));
}

TEST(Counters, TheFirstAloneIsShownAsItIs) {
  const AskedFolder folder = FilesFolder();
  WriteThree(folder);
  source::StacktraceQuery query = Ask(Minutes(0, 0));
  EXPECT_EQ(StacksOf(folder, query), (Counts{{"main;a", 100}}));
  EXPECT_EQ(NoticesOf(folder, query),
            (std::vector<std::string>{
                "alloc_space counts since the start of the process: 1 profile "
                "without an earlier one is shown as it is"}));
}

TEST(Counters, OtherTypesOfTheFilesAreAddedUp) {
  const AskedFolder folder = FilesFolder();
  WriteThree(folder);
  const source::StacktraceQuery query = Ask(test::Always(), kInuseSpace);
  EXPECT_EQ(StacksOf(folder, query), (Counts{{"main;a", 3}, {"main;b", 2}}));
  EXPECT_TRUE(NoticesOf(folder, query).empty());
}

TEST(Counters, SeparateRecordingsAreAddedUpAndNamed) {
  const AskedFolder folder = FilesFolder();
  folder.Write("api/1.pb.gz", HeapFile(kTen, {{"main;a", 100}}));
  folder.Write("api/2.pb.gz", HeapFile(kTen + minutes(1), {{"main;a", 60}}));
  const source::StacktraceQuery query = Ask(test::Always());
  EXPECT_EQ(StacksOf(folder, query), (Counts{{"main;a", 160}}));
  EXPECT_EQ(NoticesOf(folder, query),
            (std::vector<std::string>{
                "alloc_space of 2 profiles is added up, as they do not grow "
                "like the counters of one process"}));
}

TEST(Counters, AsPushedEverythingIsAddedUp) {
  const AskedFolder folder;
  WriteThree(folder);
  EXPECT_EQ(StacksOf(folder, Ask(test::Always())),
            (Counts{{"main;a", 360}, {"main;b", 4}}));
}

TEST(Counters, AnExportHasTheDifference) {
  const AskedFolder folder = FilesFolder();
  WriteThree(folder);
  const source::StacktraceQuery asked = Ask(test::Always());
  const auto answer =
      folder.source().MergeProfile({.profiles = asked.profiles}, {});
  ASSERT_TRUE(answer.ok());
  std::int64_t sum = 0;
  for (const std::int64_t value : answer->data.samples.all_values()) {
    EXPECT_GT(value, 0);
    sum += value;
  }
  EXPECT_EQ(sum, 53);
}

/// Random processes of one service that count, and may restart.
class RandomProcesses {
 public:
  RandomProcesses(SplitMix64& random, const AskedFolder& folder) {
    for (int pod = 0; pod < kPods; ++pod) {
      Counts counts = {{"main;a", 1000}};
      bool is_first = true;
      for (int minute = 0; minute < kMinutes; ++minute) {
        const bool restarts = minute == kRestart && random.OneIn(2);
        Counts added = Grow(random);
        if (restarts) counts.clear();
        for (const auto& [stack, bytes] : added) counts[stack] += bytes;
        folder.Write(fmt::format("api-{}/{}.pb.gz", pod, minute),
                     HeapFile(kTen + minutes(minute) + seconds(30), counts));
        if (!std::exchange(is_first, false)) {
          for (const auto& [stack, bytes] : added)
            added_[minute][stack] += bytes;
        }
      }
    }
  }

  Counts AddedIn(int from, int to) const {
    Counts sum;
    for (int minute = from; minute <= to; ++minute) {
      const auto added = added_.find(minute);
      if (added == added_.end()) continue;
      for (const auto& [stack, bytes] : added->second) sum[stack] += bytes;
    }
    return sum;
  }

  static constexpr int kPods = 3;
  static constexpr int kMinutes = 9;
  static constexpr int kRestart = 5;

 private:
  static Counts Grow(SplitMix64& random) {
    Counts added;
    for (const std::string_view leaf : {"a", "b", "c"}) {
      if (random.OneIn(3)) continue;
      added[fmt::format("main;{}", leaf)] =
          static_cast<std::int64_t>(1 + random.Below(100));
    }
    added["main;d"] = 1;  // so that a profile is never empty
    return added;
  }

  std::map<int, Counts> added_;  // by minute
};

TEST(CountersProperty, TotalsAndSeriesAreWhatWasAdded) {
  SplitMix64 random(17);
  for (int round = 0; round < 12; ++round) {
    const AskedFolder folder = FilesFolder();
    const RandomProcesses truth(random, folder);
    for (int from = 1; from < RandomProcesses::kMinutes; from += 2) {
      for (int to = from; to < RandomProcesses::kMinutes; to += 3) {
        const Counts added = truth.AddedIn(from, to);
        EXPECT_EQ(StacksOf(folder, Ask(Minutes(from, to + 1))), added);
        double points = 0;
        for (const auto& [minute, value] :
             PointsOf(folder, Minutes(from, to + 1))) {
          if (minute > from) points += value;
        }
        double sum = 0;
        for (const auto& [stack, bytes] : added) {
          sum += static_cast<double>(bytes);
        }
        EXPECT_EQ(points, sum) << from << ".." << to;
      }
    }
  }
}

}  // namespace
}  // namespace pmcp::store
