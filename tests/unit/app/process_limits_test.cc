#include "app/process_limits.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace pmcp::app {
namespace {

/// Restores the limits of the process.
class DescriptorLimit : public testing::Test {
 protected:
  DescriptorLimit() { ::getrlimit(RLIMIT_NOFILE, &before_); }
  ~DescriptorLimit() override { ::setrlimit(RLIMIT_NOFILE, &before_); }

  void Set(rlim_t now) {
    const rlimit limit{.rlim_cur = now, .rlim_max = before_.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
  }
  static rlim_t Now() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
  }

  rlimit before_{};
};

TEST_F(DescriptorLimit, IsRaisedToWhatIsWanted) {
  Set(100);
  EXPECT_EQ(RaiseDescriptorLimit(200), 200u);
  EXPECT_EQ(Now(), 200u);
}

TEST_F(DescriptorLimit, IsNeverLowered) {
  Set(200);
  EXPECT_EQ(RaiseDescriptorLimit(100), 200u);
  EXPECT_EQ(Now(), 200u);
}

TEST_F(DescriptorLimit, EndsWhereTheSystemsDoes) {
  if (before_.rlim_max == RLIM_INFINITY) GTEST_SKIP() << "there is no limit";
  EXPECT_EQ(RaiseDescriptorLimit(before_.rlim_max + 1), before_.rlim_max);
}

}  // namespace
}  // namespace pmcp::app
