#include "store/files/file_time.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/fake_clock.h"

namespace pmcp::store {
namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;

const TimePoint kModified = test::At("2026-07-28T10:00:00Z");
const std::int64_t kNanos = kModified.time_since_epoch().count();

struct Read {
  FileTime file;
  std::vector<std::string> remarks;
};

Read ReadTimes(std::int64_t time_nanos, std::int64_t duration_nanos = 1) {
  profile::Profile profile;
  profile.time_nanos = time_nanos;
  profile.duration_nanos = duration_nanos;
  Read read;
  read.file = ReadFileTime(profile, kModified, read.remarks);
  return read;
}

using Remarks = std::vector<std::string>;

TEST(ReadFileTime, TakesWhatIsStated) {
  const Read read = ReadTimes(kNanos - 7, 30'000'000'000);
  EXPECT_EQ(read.file.time, kModified - nanoseconds(7));
  EXPECT_EQ(read.file.duration, std::chrono::seconds(30));
  EXPECT_EQ(read.remarks, Remarks{});
  EXPECT_EQ(ReadTimes(631'152'000'000'000'000).remarks, Remarks{});
}

TEST(ReadFileTime, WithoutATimeThatOfTheFileIsTaken) {
  const Read read = ReadTimes(0);
  EXPECT_EQ(read.file.time, kModified);
  EXPECT_EQ(read.remarks,
            Remarks{"has no time, so the time of the file is taken"});
}

TEST(ReadFileTime, RecognizesOtherUnits) {
  const Read millis = ReadTimes(kNanos / 1'000'000);
  EXPECT_EQ(millis.file.time, kModified);
  EXPECT_EQ(millis.remarks,
            Remarks{"states its time in milliseconds in place of nanoseconds, "
                    "and is read so"});
  const Read seconds = ReadTimes(kNanos / 1'000'000'000 - 3600);
  EXPECT_EQ(seconds.file.time, kModified - hours(1));
  EXPECT_EQ(ReadTimes(kNanos / 1'000).file.time, kModified);
}

TEST(ReadFileTime, DoubtsTimesThatCannotBe) {
  for (const std::int64_t time :
       {std::int64_t{1}, std::int64_t{-1}, std::int64_t{100'000'000},
        std::numeric_limits<std::int64_t>::min()}) {
    const Read read = ReadTimes(time);
    EXPECT_EQ(read.file.time, kModified) << time;
    EXPECT_EQ(read.remarks, Remarks{"states a time before 1990, so the time "
                                    "of the file is taken"})
        << time;
  }
  const Read ahead =
      ReadTimes((kModified + hours(25)).time_since_epoch().count());
  EXPECT_EQ(ahead.file.time, kModified + hours(25));
  EXPECT_EQ(ahead.remarks, Remarks{"says that it was recorded more than a day "
                                   "after the file was written"});
  EXPECT_EQ(
      ReadTimes((kModified + hours(23)).time_since_epoch().count()).remarks,
      Remarks{});
}

TEST(ReadFileTime, DoubtsDurationsThatCannotBe) {
  const Read negative = ReadTimes(kNanos, -1);
  EXPECT_EQ(negative.file.duration, nanoseconds(0));
  EXPECT_EQ(negative.remarks,
            Remarks{"states a negative duration, which is taken for none"});
  const Read longest = ReadTimes(kNanos, nanoseconds(hours(168)).count());
  EXPECT_EQ(longest.remarks, Remarks{});
  const Read longer = ReadTimes(kNanos, nanoseconds(hours(168)).count() + 1);
  EXPECT_EQ(longer.file.duration, hours(168));
  EXPECT_EQ(longer.remarks,
            Remarks{"states a duration of more than 7 days; 7 are taken"});
}

}  // namespace
}  // namespace pmcp::store
