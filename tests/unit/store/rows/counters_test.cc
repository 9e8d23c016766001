#include "store/rows/counters.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/fake_clock.h"
#include "tests/support/store_profiles.h"

namespace pmcp::store {
namespace {

using std::chrono::minutes;

const TimePointMs kTen = test::At("2026-07-28T10:00:00Z");

/// A file whose only stack counted up to `value`; 0: it has no counters.
StoredFile FileOf(int minute, std::int64_t value, const std::string& pod = "a",
                  std::uint64_t vdso = 0) {
  FileRows rows;
  rows.time = kTen + minutes(minute);
  rows.process =
      std::make_shared<const profile::Labels>(test::MakeLabels({{"pod", pod}}));
  if (value > 0) rows.counters.stacks = {{.hash = 1, .value = value}};
  rows.counters.vdso = vdso;
  return {pod, std::make_shared<const FileRows>(std::move(rows))};
}

/// A letter for each file: how its counters are to be read.
std::string Places(const std::vector<StoredFile>& files) {
  std::string places;
  for (const FileCounters& file : FindCounters(files)) {
    places += "-axfnr"[static_cast<std::size_t>(file.place)];
  }
  return places;
}

TEST(FindCounters, LaterProfilesContinueTheFirst) {
  EXPECT_EQ(Places({FileOf(0, 5), FileOf(1, 5), FileOf(2, 9)}), "fnn");
  EXPECT_EQ(Places({FileOf(2, 9), FileOf(0, 5), FileOf(1, 7)}), "nfn");
  const auto counters =
      FindCounters({FileOf(2, 9), FileOf(0, 5), FileOf(1, 7)});
  EXPECT_EQ(counters[0].previous, 2u);
  EXPECT_EQ(counters[2].previous, 1u);
}

TEST(FindCounters, AFallIsARestart) {
  EXPECT_EQ(Places({FileOf(0, 5), FileOf(1, 8), FileOf(2, 3), FileOf(3, 4)}),
            "fnrn");
  EXPECT_EQ(Places({FileOf(0, 5), FileOf(1, 3), FileOf(2, 4)}), "frn");
}

TEST(FindCounters, ValuesThatMostlyFallAreNoCounters) {
  EXPECT_EQ(Places({FileOf(0, 5), FileOf(1, 3)}), "xx");
  EXPECT_EQ(Places({FileOf(0, 9), FileOf(1, 3), FileOf(2, 8), FileOf(3, 2)}),
            "xxxx");
}

TEST(FindCounters, OneProfileIsAlone) {
  EXPECT_EQ(Places({FileOf(0, 5)}), "a");
  EXPECT_EQ(Places({FileOf(0, 5), FileOf(1, 0)}), "a-");
  EXPECT_EQ(Places({}), "");
}

TEST(FindCounters, EachProcessIsReadAlone) {
  const std::vector<StoredFile> files = {FileOf(0, 5, "a"), FileOf(0, 90, "b"),
                                         FileOf(1, 6, "a"), FileOf(1, 80, "b"),
                                         FileOf(1, 4, "c")};
  EXPECT_EQ(Places(files), "fxnxa");
  const auto counters = FindCounters(files);
  EXPECT_EQ(counters[0].process, counters[2].process);
  EXPECT_NE(counters[0].process, counters[1].process);
}

TEST(FindCounters, AnotherVdsoIsAnotherProcess) {
  const auto file = [](int minute, std::int64_t value, std::uint64_t vdso) {
    return FileOf(minute, value, "a", vdso);
  };
  // One process after the other, although the value never falls.
  EXPECT_EQ(Places({file(0, 5, 7), file(1, 6, 7), file(2, 9, 8)}), "fnr");
  EXPECT_EQ(Places({file(0, 5, 7), file(1, 6, 8), file(2, 9, 8)}), "frn");
  // Side by side.
  EXPECT_EQ(Places({file(0, 5, 7), file(1, 90, 8), file(2, 6, 7),
                    file(3, 91, 8), file(4, 92, 8), file(5, 1, 9)}),
            "ffnnnr");
  // Runs that were recorded once each.
  EXPECT_EQ(Places({file(0, 5, 7), file(1, 6, 8), file(2, 9, 9)}), "aaa");
  // One process cannot begin again.
  EXPECT_EQ(Places({file(0, 5, 7), file(1, 3, 7)}), "xx");
}

TEST(FindCounters, ProfilesOfOneMomentContinueTheSameOne) {
  const std::vector<StoredFile> files = {FileOf(0, 5), FileOf(0, 5),
                                         FileOf(1, 6), FileOf(1, 6)};
  EXPECT_EQ(Places(files), "ffnn");
  const auto counters = FindCounters(files);
  EXPECT_EQ(counters[2].previous, counters[3].previous);
  EXPECT_EQ(Places({FileOf(0, 5), FileOf(0, 5)}), "aa");
}

}  // namespace
}  // namespace pmcp::store
