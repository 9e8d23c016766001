#include "base/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <thread>

namespace pmcp {
namespace {

TEST(WorkerPool, RefusesWhenThreadsAndQueueAreFull) {
  std::latch gate(1);
  std::atomic<int> ran = 0;
  {
    WorkerPool pool({.threads = 2, .queue = 3});
    const auto job = [&] {
      gate.wait();
      ++ran;
    };
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(pool.TryPost(job)) << i;
    EXPECT_FALSE(pool.TryPost(job));
    gate.count_down();
  }
  EXPECT_EQ(ran, 5) << "what was accepted runs before the pool ends";
}

TEST(WorkerPool, HasRoomAgainWhenAJobIsDone) {
  WorkerPool pool({.threads = 1, .queue = 0});
  std::latch gate(1);
  EXPECT_TRUE(pool.TryPost([&] { gate.wait(); }));
  EXPECT_FALSE(pool.TryPost([] {}));
  gate.count_down();
  while (!pool.TryPost([] {})) std::this_thread::yield();
}

TEST(WorkerPool, RunsJobsAtTheSameTime) {
  WorkerPool pool({.threads = 2, .queue = 0});
  std::latch both(2);
  std::promise<void> met;
  EXPECT_TRUE(pool.TryPost([&] { both.arrive_and_wait(); }));
  EXPECT_TRUE(pool.TryPost([&] {
    both.arrive_and_wait();
    met.set_value();
  }));
  EXPECT_EQ(met.get_future().wait_for(std::chrono::seconds(20)),
            std::future_status::ready);
}

TEST(WorkerPool, ReusesAnIdleThread) {
  WorkerPool pool({.threads = 8, .queue = 0});
  std::thread::id first;
  std::thread::id second;
  std::promise<void> one;
  EXPECT_TRUE(pool.TryPost([&] {
    first = std::this_thread::get_id();
    one.set_value();
  }));
  one.get_future().wait();
  // The first thread may not be idle again yet, so a second thread is allowed;
  // one thread per job is not.
  int same = 0;
  for (int i = 0; i < 50 && same == 0; ++i) {
    std::promise<void> two;
    EXPECT_TRUE(pool.TryPost([&] {
      second = std::this_thread::get_id();
      two.set_value();
    }));
    two.get_future().wait();
    same += first == second ? 1 : 0;
  }
  EXPECT_GT(same, 0);
}

TEST(WorkerPool, LetsGoOfAJobBeforeTheNext) {
  WorkerPool pool({.threads = 1, .queue = 1});
  auto held = std::make_shared<int>(1);
  std::promise<void> next;
  EXPECT_TRUE(pool.TryPost([held] { EXPECT_EQ(*held, 1); }));
  EXPECT_TRUE(pool.TryPost([&next] { next.set_value(); }));
  next.get_future().wait();
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace pmcp
