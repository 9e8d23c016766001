#include "base/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

namespace pmcp {
namespace {

/// More threads would only hold more files in memory at once.
constexpr std::size_t kMaxThreads = 16;

std::size_t ThreadsFor(std::size_t count) {
  return std::min({count, ProcessorCount(), kMaxThreads});
}

}  // namespace

std::size_t ProcessorCount() {
  // Queried once: the library reads a system file each time.
  static const std::size_t count =
      std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  return count;
}

Result<void> ParallelFor(std::size_t count, const CallContext& call,
                         std::string_view what,
                         const std::function<void(std::size_t)>& work) {
  return ParallelForMade(count, call, what, [&] { return std::ref(work); });
}

Result<void> ParallelForMade(std::size_t count, const CallContext& call,
                             std::string_view what, const MakeWork& make_work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const auto take_turns = [&] {
    const auto work = make_work();
    for (std::size_t i = next++; i < count; i = next++) {
      if (!call.Check().ok()) return;
      work(i);
      const std::size_t now_done = ++done;
      if (what.empty()) continue;
      call.Progress(static_cast<double>(now_done), static_cast<double>(count),
                    what);
    }
  };
  {
    // Futures pass an exception of a library (out of memory) to the caller's
    // thread. Their destructors wait for the threads.
    std::vector<std::future<void>> others;
    for (std::size_t i = 1; i < ThreadsFor(count); ++i) {
      others.push_back(std::async(std::launch::async, take_turns));
    }
    take_turns();
    for (auto& other : others) other.get();
  }
  if (done < count) return call.Check();
  return {};
}

}  // namespace pmcp
