#include "base/ask_at_once.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace pmcp {
namespace {

using std::chrono::milliseconds;

TEST(AskAtOnce, AsksEachOnceAndNeverMoreThanAllowedAtOnce) {
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::vector<std::atomic<int>> asked(40);
  const auto result =
      AskAtOnce(asked.size(), 4, {}, [&](std::size_t i, const CallContext&) {
        const int now = ++running;
        for (int known = most; known < now;) {
          if (most.compare_exchange_weak(known, now)) break;
        }
        std::this_thread::sleep_for(milliseconds(5));
        ++asked[i];
        --running;
        return Result<void>();
      });
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(most, 4);
  for (const auto& times : asked) EXPECT_EQ(times, 1);
}

TEST(AskAtOnce, OneErrorEndsTheOthers) {
  std::atomic<int> asked = 0;
  const auto result = AskAtOnce(
      100, 4, {}, [&](std::size_t i, const CallContext& call) -> Result<void> {
        ++asked;
        if (i == 2) return NotFound("gone");
        while (call.Check().ok()) std::this_thread::sleep_for(milliseconds(1));
        return call.Check();
      });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "gone");
  EXPECT_LE(asked, 4);
}

TEST(AskAtOnce, ACancelledCallEndsAll) {
  std::stop_source stop;
  const CallContext call(stop.get_token(), CallContext::Deadline::max());
  std::atomic<int> asked = 0;
  const auto result = AskAtOnce(
      100, 3, call, [&](std::size_t, const CallContext& one) -> Result<void> {
        ++asked;
        stop.request_stop();
        return one.Check();
      });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::kCancelled);
  EXPECT_LE(asked, 3);
}

}  // namespace
}  // namespace pmcp
