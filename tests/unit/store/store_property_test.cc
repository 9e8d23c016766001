// Properties of answers from a folder of profiles, checked with random folders.
// Uses real files.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/support/asked_folder.h"
#include "tests/support/collapsed.h"
#include "tests/support/random.h"
#include "tests/support/store_index.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using profile::NodeId;
using profile::StackTree;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using test::AskedFolder;
using test::CpuQuery;
using test::ProfileBuilder;
using test::SplitMix64;
using test::ToText;

constexpr int kRounds = 40;
constexpr std::size_t kMinutes = 8;  // the range of the times of all profiles
const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");
constexpr std::string_view kFrames[] = {"main", "a", "b", "a>b", "other"};
constexpr std::string_view kServices[] = {"shop", "cart"};
constexpr std::string_view kHandlers[] = {"", "/a", "/b"};

/// A sample that was written to a file.
struct Written {
  TimePoint time;
  std::string service;
  std::string handler;
  std::uint64_t span = 0;
  bool has_stack = false;
  std::int64_t value = 0;

  TimePointMs ms() const { return FloorToMs(time); }
};

/// A file and its samples.
struct RandomFile {
  std::string service;
  std::string bytes;
  std::vector<Written> samples;
};

std::string RandomStack(SplitMix64& random) {
  std::string stack;
  for (std::size_t depth = random.Below(5); depth > 0; --depth) {
    if (!stack.empty()) stack += ";";
    stack += kFrames[random.Below(std::size(kFrames))];
  }
  return stack;
}

RandomFile MakeFile(SplitMix64& random, TimePoint time) {
  RandomFile file{.service = std::string(kServices[random.Below(2)])};
  ProfileBuilder builder;
  for (std::size_t left = random.Below(10); left > 0; --left) {
    Written sample{.time = time,
                   .service = file.service,
                   .handler = std::string(kHandlers[random.Below(3)]),
                   .span = random.Below(4),
                   .value = static_cast<std::int64_t>(random.Below(50))};
    ProfileBuilder::Labels labels;
    if (!sample.handler.empty()) labels.push_back({"handler", sample.handler});
    if (sample.span != 0) {
      labels.push_back({"span_id", fmt::format("{:016x}", sample.span)});
    }
    const std::string stack = RandomStack(random);
    sample.has_stack = !stack.empty();
    builder.Sample(stack, {sample.value}, labels);
    file.samples.push_back(std::move(sample));
  }
  profile::Profile& profile = builder.profile();
  profile.time_nanos = time.time_since_epoch().count();
  profile.has_period_type = true;
  profile.period_type = profile.sample_types.front();
  file.bytes = test::PprofFile(profile);
  return file;
}

/// Times with different milliseconds, often whole minutes, so that windows
/// begin and end at profiles.
std::vector<RandomFile> MakeFiles(SplitMix64& random) {
  std::vector<RandomFile> files;
  for (std::size_t minute = 0; minute < kMinutes; ++minute) {
    if (random.OneIn(4)) continue;
    TimePoint time = kTen + std::chrono::minutes(minute);
    if (random.OneIn(3)) time += nanoseconds(random.Below(60'000'000'000));
    files.push_back(MakeFile(random, time));
  }
  return files;
}

/// A folder of random files, and all of their samples.
class RandomFolder {
 public:
  explicit RandomFolder(SplitMix64& random) : files_(MakeFiles(random)) {
    for (std::size_t i = 0; i < files_.size(); ++i) Write(i, files_[i]);
  }

  const source::ProfileSource& source() const { return folder_.source(); }
  const std::vector<RandomFile>& files() const { return files_; }

  std::int64_t SumWhere(auto predicate) const {
    std::int64_t sum = 0;
    for (const RandomFile& file : files_) {
      for (const Written& sample : file.samples) {
        if (predicate(sample)) sum += sample.value;
      }
    }
    return sum;
  }

  StackTree Tree(std::string_view selector, TimeRange range) const {
    const auto answer =
        source().MergeStacktraces({CpuQuery(selector, range), {}}, {});
    EXPECT_TRUE(answer.ok());
    return answer->data.ToTree();
  }

 private:
  void Write(std::size_t place, const RandomFile& file) const {
    folder_.Write(fmt::format("{}/{}.pb.gz", file.service, place), file.bytes);
  }

  const std::vector<RandomFile> files_;
  const AskedFolder folder_;
};

TimeRange RandomWindow(SplitMix64& random) {
  std::chrono::minutes first(random.Below(kMinutes + 1));
  std::chrono::minutes second(random.Below(kMinutes + 1));
  if (second < first) std::swap(first, second);
  return {kTen + first, kTen + second};
}

/// A selector, and the predicate with the same meaning.
struct Condition {
  std::string_view text;
  bool (*holds)(const Written&);
};
constexpr Condition kConditions[] = {
    {"", [](const Written&) { return true; }},
    {R"(service_name="shop")",
     [](const Written& s) { return s.service == "shop"; }},
    {R"(service_name!~"s.*")",
     [](const Written& s) { return s.service == "cart"; }},
    {R"(handler="/a")", [](const Written& s) { return s.handler == "/a"; }},
    {R"(handler!="/a")", [](const Written& s) { return s.handler != "/a"; }},
    {R"(handler="")", [](const Written& s) { return s.handler.empty(); }},
    {R"(span_id="0000000000000001")",  // not a label
     [](const Written&) { return false; }},
};

std::string Braced(std::string_view conditions) {
  return fmt::format("{{{}}}", conditions);
}

bool IsIn(const Written& sample, TimeRange range) {
  return sample.time >= range.from && sample.time <= range.to;
}

TEST(StoreProperty, RootsAddUpToTheSamplesWithAStack) {
  SplitMix64 random(1);
  for (int round = 0; round < kRounds; ++round) {
    const RandomFolder folder(random);
    const TimeRange range = RandomWindow(random);
    for (const Condition& condition : kConditions) {
      const StackTree tree = folder.Tree(Braced(condition.text), range);
      std::int64_t roots = 0;
      for (const NodeId root : tree.ChildrenByName(StackTree::kRoot)) {
        roots += tree.total(root);
      }
      EXPECT_EQ(roots, tree.total());
      EXPECT_EQ(roots, folder.SumWhere([&](const Written& sample) {
        return sample.has_stack && IsIn(sample, range) &&
               condition.holds(sample);
      })) << round
          << ": " << condition.text;
    }
  }
}

TEST(StoreProperty, FilesInAnyOrderGiveTheSameTree) {
  SplitMix64 random(2);
  for (int round = 0; round < kRounds; ++round) {
    const RandomFolder folder(random);
    const AskedFolder backwards;
    std::size_t place = folder.files().size();
    for (const RandomFile& file : folder.files()) {
      backwards.Write(fmt::format("{}/{}.pb.gz", file.service, --place),
                      file.bytes);
    }
    for (const Condition& condition : kConditions) {
      const std::string selector = Braced(condition.text);
      EXPECT_EQ(backwards.Tree(selector),
                ToText(folder.Tree(selector, test::Always())));
    }
  }
}

/// Totals by the path from the root.
std::map<std::vector<std::string>, std::int64_t> TotalsOf(
    const StackTree& tree) {
  std::vector<std::vector<std::string>> paths(tree.size());
  std::map<std::vector<std::string>, std::int64_t> totals;
  for (NodeId node = 1; node < tree.size(); ++node) {
    paths[node] = paths[tree.parent(node)];
    paths[node].emplace_back(tree.names()[tree.name(node)]);
    totals[paths[node]] = tree.total(node);
  }
  return totals;
}

TEST(StoreProperty, ANarrowerSelectorNeverAdds) {
  SplitMix64 random(3);
  for (int round = 0; round < kRounds; ++round) {
    const RandomFolder folder(random);
    const TimeRange range = RandomWindow(random);
    const std::string_view wide = kConditions[random.Below(6)].text;
    const auto wide_totals = TotalsOf(folder.Tree(Braced(wide), range));
    for (const Condition& more : kConditions) {
      const std::string both = wide.empty()
                                   ? std::string(more.text)
                                   : fmt::format("{},{}", wide, more.text);
      for (const auto& [path, total] :
           TotalsOf(folder.Tree(Braced(both), range))) {
        const auto found = wide_totals.find(path);
        ASSERT_NE(found, wide_totals.end()) << wide << " and " << more.text;
        EXPECT_LE(total, found->second) << wide << " and " << more.text;
      }
    }
  }
}

/// The value of the last bucket if the whole window is one step.
double LastPoint(const RandomFolder& folder, std::string_view selector,
                 TimeRange range) {
  const std::chrono::duration<double> step = range.length();
  const auto query =
      source::MakeSeriesQuery(CpuQuery(selector, range), {}, step.count());
  EXPECT_TRUE(query.ok());
  const auto answer = folder.source().SelectSeries(*query, {});
  EXPECT_TRUE(answer.ok());
  double value = 0;
  for (const profile::Series& series : answer->data) {
    for (const profile::Point& point : series.points) {
      if (point.timestamp == range.to) value += point.value;
    }
  }
  return value;
}

TEST(StoreProperty, TheLastPointAndTheRowsAtStartAreTheMergedTotal) {
  SplitMix64 random(4);
  for (int round = 0; round < kRounds; ++round) {
    const RandomFolder folder(random);
    const TimeRange range = RandomWindow(random);
    if (range.length() == milliseconds(0)) continue;
    for (const Condition& condition : kConditions) {
      const std::string selector = Braced(condition.text);
      const auto at_start = folder.SumWhere([&](const Written& sample) {
        return sample.ms() == range.from && condition.holds(sample);
      });
      const auto without_stack = folder.SumWhere([&](const Written& sample) {
        return !sample.has_stack && IsIn(sample, range) &&
               condition.holds(sample);
      });
      EXPECT_EQ(
          LastPoint(folder, selector, range) + static_cast<double>(at_start),
          static_cast<double>(folder.Tree(selector, range).total() +
                              without_stack))
          << round << ": " << selector;
    }
  }
}

profile::Profile Merged(const RandomFolder& folder, std::string_view selector,
                        TimeRange range, std::int64_t max_nodes) {
  auto answer = folder.source().MergeProfile(
      {.profiles = CpuQuery(selector, range), .max_nodes = max_nodes}, {});
  EXPECT_TRUE(answer.ok());
  return std::move(answer->data);
}

std::int64_t SumOf(const profile::Profile& profile) {
  std::int64_t sum = 0;
  for (std::size_t row = 0; row < profile.samples.size(); ++row) {
    sum += profile.samples.values(row)[0];
  }
  return sum;
}

TEST(StoreProperty, TheMergedProfileIsTheTree) {
  SplitMix64 random(5);
  const AskedFolder exported;
  for (int round = 0; round < kRounds; ++round) {
    const RandomFolder folder(random);
    const TimeRange range = RandomWindow(random);
    for (const Condition& condition : kConditions) {
      const std::string selector = Braced(condition.text);
      const StackTree tree = folder.Tree(selector, range);
      profile::Profile whole = Merged(folder, selector, range, 0);
      EXPECT_EQ(SumOf(whole), tree.total());
      for (const std::int64_t max_nodes : {1, 2, 4}) {
        EXPECT_EQ(SumOf(Merged(folder, selector, range, max_nodes)),
                  tree.total());
      }
      // As the only file of a folder, it gives the same tree.
      std::filesystem::remove(exported.path() / "shop/merged.pb.gz");
      exported.Write("shop/merged.pb.gz", test::PprofFile(whole));
      EXPECT_EQ(exported.Tree("{}"), ToText(tree));
    }
  }
}

TEST(StoreProperty, TheHeatmapCountsEverySpanOnce) {
  SplitMix64 random(6);
  const TimeRange range{kTen - std::chrono::hours(1),
                        kTen + std::chrono::hours(1)};
  for (int round = 0; round < kRounds; ++round) {
    const RandomFolder folder(random);
    std::set<std::tuple<TimePointMs, std::uint64_t>> spans;
    for (const RandomFile& file : folder.files()) {
      for (const Written& sample : file.samples) {
        if (sample.span == 0 || sample.value == 0) continue;
        spans.insert({sample.ms(), sample.span});
      }
    }
    const auto query = source::MakeHeatmapQuery(
        CpuQuery("{}", range),
        {.step_seconds = 0.5 + static_cast<double>(random.Below(600)),
         .kind = source::HeatmapKind::kSpan});
    ASSERT_TRUE(query.ok());
    const auto answer = folder.source().SelectHeatmap(*query, {});
    ASSERT_TRUE(answer.ok());
    std::size_t counted = 0;
    for (const profile::HeatmapSeries& series : answer->data) {
      for (const profile::HeatmapSlot& slot : series.slots) {
        for (const std::int32_t count : slot.counts) counted += count;
      }
    }
    EXPECT_EQ(counted, spans.size()) << round;
  }
}

}  // namespace
}  // namespace pmcp::store
