#include "store/folder/call_mutex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <thread>
#include <vector>

namespace pmcp::store {
namespace {

TEST(CallMutex, IsHeldByOneAtATime) {
  CallMutex mutex;
  int count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 1000; ++j) {
        const auto lock = mutex.Acquire({});
        ASSERT_TRUE(lock.ok());
        ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, 8000);
}

TEST(CallMutex, WaitsNoLongerThanTheCall) {
  CallMutex mutex;
  const auto held = mutex.Acquire({});
  const CallContext late({}, std::chrono::steady_clock::now());
  EXPECT_EQ(mutex.Acquire(late).error().kind, ErrorKind::kTimeout);

  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  const CallContext stopped(stop.get_token(), CallContext::Deadline::max());
  EXPECT_EQ(mutex.Acquire(stopped).error().kind, ErrorKind::kCancelled);
}

TEST(CallMutex, IsReleasedWithItsLock) {
  CallMutex mutex;
  { const auto held = mutex.Acquire({}); }
  EXPECT_TRUE(mutex.Acquire({}).ok());
}

}  // namespace
}  // namespace pmcp::store
