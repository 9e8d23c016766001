#include "base/worker_pool.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/log.h"

namespace pmcp {
namespace {

// Calls compute, but also wait for disks and other servers, so a machine with
// one processor runs several at once. 16 threads bound the memory that they
// need.
constexpr std::size_t kMinThreads = 4;
constexpr std::size_t kMaxThreads = 16;

std::size_t ThreadCount(std::size_t asked) {
  if (asked > 0) return asked;
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(),
                                 kMinThreads, kMaxThreads);
}

}  // namespace

WorkerPool::WorkerPool(Options options)
    : max_threads_(ThreadCount(options.threads)),
      max_jobs_(max_threads_ + options.queue) {}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::TryPost(std::function<void()> job) {
  const std::lock_guard lock(mutex_);
  if (running_ + queue_.size() >= max_jobs_ || !HasWorkerForOneMore()) {
    return false;
  }
  queue_.push_back(std::move(job));
  work_.notify_one();
  return true;
}

std::size_t WorkerPool::jobs() const {
  const std::lock_guard lock(mutex_);
  return running_ + queue_.size();
}

/// Starts a thread if all are busy and one more is allowed. Returns false only
/// if there is no thread and none can be started: the job would never run.
bool WorkerPool::HasWorkerForOneMore() {
  const std::size_t taken = running_ + queue_.size();
  if (threads_.size() > taken || threads_.size() == max_threads_) return true;
  try {
    threads_.emplace_back([this] { Work(); });
  } catch (const std::system_error& e) {  // the thread limit of the system
    log::Warn("no further worker thread: {}", e.what());
  }
  return !threads_.empty();
}

void WorkerPool::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    {
      const std::function<void()> job = std::move(queue_.front());
      queue_.pop_front();
      ++running_;
      lock.unlock();
      job();
    }  // destroys the job here, outside the lock
    lock.lock();
    --running_;
  }
}

}  // namespace pmcp
