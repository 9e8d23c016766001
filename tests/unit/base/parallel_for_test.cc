#include "base/parallel_for.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <vector>

namespace pmcp {
namespace {

TEST(ParallelFor, DoesEverythingOnce) {
  std::vector<std::atomic<int>> times(1000);
  EXPECT_TRUE(ParallelFor(times.size(), {}, "things", [&](std::size_t i) {
                ++times[i];
              }).ok());
  EXPECT_TRUE(std::ranges::all_of(times, [](auto& n) { return n == 1; }));
}

TEST(ParallelFor, OfNothingIsDone) {
  EXPECT_TRUE(ParallelFor(0, {}, "things", [](std::size_t) { FAIL(); }).ok());
}

TEST(ParallelFor, TellsItsProgress) {
  std::mutex mutex;
  std::vector<double> told;
  const CallContext call({}, CallContext::Deadline::max(),
                         [&](double done, double total, std::string_view what) {
                           const std::lock_guard lock(mutex);
                           EXPECT_EQ(total, 20);
                           EXPECT_EQ(what, "things");
                           told.push_back(done);
                         });
  EXPECT_TRUE(ParallelFor(20, call, "things", [](std::size_t) {}).ok());
  std::ranges::sort(told);
  ASSERT_EQ(told.size(), 20u);
  EXPECT_EQ(told.front(), 1);
  EXPECT_EQ(told.back(), 20);
}

TEST(ParallelForMade, MakesWorkOnceForEachThread) {
  std::atomic<std::size_t> made = 0;
  std::atomic<std::size_t> done = 0;
  const auto result = ParallelForMade(1000, {}, "things", [&] {
    ++made;
    return [&](std::size_t) { ++done; };
  });
  EXPECT_TRUE(result.ok());
  EXPECT_GE(made, 1u);
  EXPECT_LE(made, ProcessorCount());
  EXPECT_EQ(done, 1000u);
}

TEST(ParallelFor, StopsWhenTheCallIsCancelled) {
  std::stop_source stop;
  const CallContext call(stop.get_token(), CallContext::Deadline::max());
  std::atomic<int> begun = 0;
  const auto result = ParallelFor(100'000, call, "things", [&](std::size_t) {
    if (++begun == 10) stop.request_stop();
  });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
  EXPECT_LT(begun, 1000);
}

TEST(ParallelFor, StopsWhenTheTimeIsOver) {
  const CallContext call({}, std::chrono::steady_clock::now());
  const auto result =
      ParallelFor(10, call, "things", [](std::size_t) { FAIL(); });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::kTimeout);
}

TEST(ParallelFor, BringsAnExceptionToTheCaller) {
  // As a library does without memory, on any thread.
  EXPECT_THROW(static_cast<void>(ParallelFor(
                   64, {}, "things",
                   [](std::size_t) { throw std::runtime_error("x"); })),
               std::runtime_error);
}

}  // namespace
}  // namespace pmcp
