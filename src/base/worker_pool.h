// WorkerPool: runs jobs on a few threads, with a bounded queue before them.
//
// Threads start when there is work for them: a server that is only asked what
// it can do has none. Jobs must not throw. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pmcp {

class WorkerPool {
 public:
  struct Options {
    /// 0: by the number of processors. More than these would do, since calls
    /// wait for others.
    std::size_t threads = 0;
    std::size_t queue = 64;
  };

  explicit WorkerPool(Options options);
  /// Runs what was accepted, then ends. Stop the jobs first to have it quick.
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when all threads are busy and the queue is full.
  bool TryPost(std::function<void()> job);

  /// Jobs that run or wait now.
  std::size_t jobs() const;

 private:
  /// Called with the lock held.
  bool HasWorkerForOneMore();
  void Work();

  const std::size_t max_threads_;
  const std::size_t max_jobs_;  // running and waiting

  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<std::function<void()>> queue_;
  std::size_t running_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace pmcp
