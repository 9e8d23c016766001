#include "profile/words/quantity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pmcp::profile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct QuantityCase {
  double value;
  Unit unit;
  const char* text;
};

TEST(FormatQuantity, FollowsItsTable) {
  const QuantityCase cases[] = {
      {0, Unit::kNanoseconds, "0 s"},
      {1, Unit::kNanoseconds, "1 ns"},
      {0.5, Unit::kNanoseconds, "0.500 ns"},
      {999, Unit::kNanoseconds, "999 ns"},
      {1000, Unit::kNanoseconds, "1.00 µs"},
      {1234, Unit::kNanoseconds, "1.23 µs"},
      {450e6, Unit::kNanoseconds, "450 ms"},
      {999'499, Unit::kNanoseconds, "999 µs"},
      {999'500, Unit::kNanoseconds, "1.00 ms"},
      {999'999'999, Unit::kNanoseconds, "1.00 s"},
      {31.2e9, Unit::kNanoseconds, "31.2 s"},
      {91.82e9, Unit::kNanoseconds, "91.8 s"},
      {176.0023412e9, Unit::kNanoseconds, "176 s"},
      {1800e9, Unit::kNanoseconds, "1,800 s"},
      {3599e9, Unit::kNanoseconds, "3,599 s"},
      {3600e9, Unit::kNanoseconds, "1.00 h"},
      {48 * 3600e9, Unit::kNanoseconds, "48.0 h"},
      {1283525.5 * 3600e9, Unit::kNanoseconds, "1,283,526 h"},
      {-1500, Unit::kNanoseconds, "-1.50 µs"},
      {7, Unit::kMicroseconds, "7.00 µs"},
      {450, Unit::kMilliseconds, "450 ms"},
      {2, Unit::kSeconds, "2.00 s"},
      {0, Unit::kBytes, "0 B"},
      {1, Unit::kBytes, "1 B"},
      {1000, Unit::kBytes, "1,000 B"},
      {1023, Unit::kBytes, "1,023 B"},
      {1024, Unit::kBytes, "1.00 KiB"},
      {14336, Unit::kBytes, "14.0 KiB"},
      {1023.6 * 1024, Unit::kBytes, "1.00 MiB"},
      {1.5 * 1024 * 1024 * 1024, Unit::kBytes, "1.50 GiB"},
      {std::ldexp(1, 70), Unit::kBytes, "1,024 EiB"},
      {0, Unit::kCount, "0"},
      {7, Unit::kCount, "7"},
      {999, Unit::kCount, "999"},
      {12'345, Unit::kCount, "12,345"},
      {1'234'567, Unit::kCount, "1,234,567"},
      {-12'345, Unit::kCount, "-12,345"},
      {3.5, Unit::kCount, "3.50"},
      {0.01234, Unit::kCount, "0.0123"},
      {1234.5, Unit::kCount, "1,234"},
      {9.996, Unit::kCount, "10.0"},
      {0.001, Unit::kCount, "0.00100"},
      {0.000999, Unit::kCount, "0.000999"},
      {-0.000999, Unit::kCount, "-0.000999"},
      {0.0000015, Unit::kCount, "0.00000150"},
      {0.00000015, Unit::kCount, "1.50e-07"},
  };
  for (const QuantityCase& c : cases) {
    EXPECT_EQ(FormatQuantity(c.value, c.unit), c.text) << c.value;
  }
}

TEST(FormatQuantity, IsExactForIntegers) {
  EXPECT_EQ(FormatQuantity(9'007'199'254'740'993, Unit::kCount),
            "9,007,199,254,740,993");
  EXPECT_EQ(
      FormatQuantity(std::numeric_limits<std::int64_t>::min(), Unit::kCount),
      "-9,223,372,036,854,775,808");
  EXPECT_EQ(FormatQuantity(std::size_t{5}, Unit::kCount), "5");
  EXPECT_EQ(FormatQuantity(2048, Unit::kBytes), "2.00 KiB");
}

TEST(FormatQuantity, DoesNotFailForTheLargestAndTheLeast) {
  EXPECT_EQ(FormatQuantity(std::numeric_limits<double>::max(), Unit::kBytes)
                .substr(0, 8),
            "155,925,");
  EXPECT_EQ(FormatQuantity(std::numeric_limits<double>::denorm_min(),
                           Unit::kNanoseconds),
            "4.94e-324 ns");
}

TEST(FormatQuantity, DoesNotFailForWhatIsNoNumber) {
  EXPECT_EQ(FormatQuantity(HUGE_VAL, Unit::kCount), "inf");
  EXPECT_EQ(FormatQuantity(std::nan(""), Unit::kCount), "nan");
  EXPECT_EQ(FormatQuantity(std::nan(""), Unit::kBytes), "nan B");
}

ProfileType Type(std::string sample_type, std::string unit) {
  return {.name = "x", .sample_type = sample_type, .sample_unit = unit};
}

TEST(FormatRate, SaysWhatIsUnderstood) {
  const ProfileType cpu = Type("cpu", "nanoseconds");
  EXPECT_EQ(FormatRate(4.2e9, cpu, seconds(10)), "0.420 cores");
  EXPECT_EQ(FormatRate(32e9, cpu, seconds(10)), "3.20 cores");
  EXPECT_EQ(FormatRate(0, cpu, seconds(10)), "0 cores");
  EXPECT_EQ(FormatRate(4.2e6, cpu, seconds(10)), "0.420 millicores");
  EXPECT_EQ(FormatRate(42, cpu, seconds(10)), "0.00000420 millicores");
  EXPECT_EQ(FormatRate(-4.2e6, cpu, seconds(10)), "-0.420 millicores");
  EXPECT_EQ(FormatRate(-4.2e9, cpu, seconds(10)), "-0.420 cores");
  EXPECT_EQ(FormatRate(5000, Type("cpu", "milliseconds"), seconds(10)),
            "0.500 cores");
  EXPECT_EQ(FormatRate(1.2e9, Type("delay", "nanoseconds"), seconds(10)),
            "120 ms per second");
  EXPECT_EQ(FormatRate(24e9, Type("wall", "nanoseconds"), seconds(10)),
            "2.40 s per second");
  EXPECT_EQ(FormatRate(12 << 20, Type("alloc_space", "bytes"), seconds(10)),
            "1.20 MiB/s");
  EXPECT_EQ(FormatRate(35, Type("alloc_objects", "count"), seconds(10)),
            "3.50/s");
  EXPECT_EQ(FormatRate(35, Type("samples", "count"), milliseconds(500)),
            "70/s");
}

TEST(FormatRate, NeedsAWindow) {
  EXPECT_EQ(FormatRate(35, Type("samples", "count"), seconds(0)), "-");
}

TEST(FormatPercent, NeverRoundsSomethingToNothingOrToAll) {
  EXPECT_EQ(FormatPercent(479, 1000), "47.9%");
  EXPECT_EQ(FormatPercent(1, 1000), "0.1%");
  EXPECT_EQ(FormatPercent(1, 1001), "<0.1%");
  EXPECT_EQ(FormatPercent(-1, 1001), ">-0.1%");
  EXPECT_EQ(FormatPercent(0, 1000), "0%");
  EXPECT_EQ(FormatPercent(5, 0), "0%");
  EXPECT_EQ(FormatPercent(1000, 1000), "100%");
  EXPECT_EQ(FormatPercent(9994, 10'000), "99.9%");
  EXPECT_EQ(FormatPercent(9996, 10'000), ">99.9%");
  EXPECT_EQ(FormatPercent(99'999, 100'000), ">99.9%");
  EXPECT_EQ(FormatPercent(-5, 40), "-12.5%");
  EXPECT_EQ(FormatPercent(60, 40), "150.0%");
}

TEST(UnitOf, ReadsTheSampleUnit) {
  EXPECT_EQ(UnitOf(Type("cpu", "nanoseconds")), Unit::kNanoseconds);
  EXPECT_EQ(UnitOf(Type("cpu", "microseconds")), Unit::kMicroseconds);
  EXPECT_EQ(UnitOf(Type("cpu", "ms")), Unit::kMilliseconds);
  EXPECT_EQ(UnitOf(Type("cpu", "seconds")), Unit::kSeconds);
  EXPECT_EQ(UnitOf(Type("space", "bytes")), Unit::kBytes);
  EXPECT_EQ(UnitOf(Type("samples", "count")), Unit::kCount);
  EXPECT_EQ(UnitOf(Type("samples", "")), Unit::kCount);
  EXPECT_EQ(UnitOf(Type("samples", "parsecs")), Unit::kCount);
  EXPECT_EQ(Name(Unit::kNanoseconds), "nanoseconds");
  EXPECT_EQ(Name(Unit::kCount), "count");
}

TEST(IsGauge, KnowsLevels) {
  for (const char* level : {"inuse_space", "inuse_objects", "goroutine",
                            "goroutines", "objects", "space", "live"}) {
    EXPECT_TRUE(IsGauge(Type(level, "count"))) << level;
  }
  for (const char* flow :
       {"cpu", "samples", "alloc_space", "alloc_objects", "contentions"}) {
    EXPECT_FALSE(IsGauge(Type(flow, "count"))) << flow;
  }
}

}  // namespace
}  // namespace pmcp::profile
