// WorkerPool: runs jobs on a bounded number of threads, with a bounded queue.
//
// Threads start with the first jobs, so a server without calls has none. Jobs
// must not throw. Thread-safe.
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
    /// 0: by the number of processors, and more than these, since calls wait
    /// for disks and servers.
    std::size_t threads = 0;
    std::size_t queue = 64;
  };

  explicit WorkerPool(Options options);
  /// Runs all accepted jobs, then ends. Cancel them first for a fast end.
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Returns false if all threads are busy and the queue is full.
  bool TryPost(std::function<void()> job);

  /// The number of running and queued jobs.
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
