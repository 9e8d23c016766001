// soak [SECONDS]: runs a real server over a folder that changes all the time,
// with eight concurrent callers. Checks every answer, and the memory of the
// process.
#include <fmt/core.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/compose.h"
#include "app/process_limits.h"
#include "app/product.h"
#include "base/text.h"
#include "server/core/server.h"
#include "tests/soak/caller.h"
#include "tests/soak/churn.h"
#include "tests/soak/memory.h"
#include "tests/soak/verdict.h"
#include "tests/support/fake_clock.h"
#include "tools/tools.h"

namespace pmcp::test {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kMiB = 1 << 20;
constexpr std::size_t kCallers = 8;
// Less than the folder has, so that samples are dropped and read again.
constexpr std::size_t kStoreMemory = 8 * kMiB;
// In addition to the cached samples: the index, the data of eight questions,
// and memory that malloc does not return.
constexpr std::size_t kWorkingMemory = 96 * kMiB;
// The growth between the halves of a run; a leak grows without limit.
constexpr std::size_t kGrowth = 24 * kMiB;

struct Run {
  CallerReport calls;
  MemoryCurve memory;
};

/// Changes the folder and measures the memory until the time is over.
Run RunFor(std::chrono::seconds length, server::Server& server, Churn& churn,
           const Expectations& expected) {
  Run run;
  std::mutex mutex;
  std::vector<std::jthread> callers;
  for (std::size_t i = 0; i < kCallers; ++i) {
    callers.emplace_back([&, i](const std::stop_token& stop) {
      const CallerReport report = AskUntil(stop, server, expected, i + 1);
      const std::lock_guard lock(mutex);
      run.calls.Add(report);
    });
  }
  const auto end = Steady::now() + length;
  for (int step = 0; Steady::now() < end; ++step) {
    churn.Step();
    if (step % 20 == 0) run.memory.Measure();
    std::this_thread::sleep_for(milliseconds(5));
  }
  for (auto& caller : callers) caller.request_stop();
  callers.clear();
  run.memory.Measure();
  return run;
}

void JudgeCalls(const CallerReport& calls, Verdict& verdict) {
  std::size_t problems = 0;
  for (const auto& [problem, count] : calls.problems) {
    std::cout << fmt::format("{} times: {}\n", count, Shorten(problem, 400));
    problems += count;
  }
  verdict.Expect(problems == 0 && calls.calls > 0,
                 fmt::format("{} calls, {} wrongly answered; {} refused and "
                             "explained, {} cancelled; the slowest {} ms",
                             calls.calls, problems, calls.refused,
                             calls.cancelled, calls.slowest.count() / 1000));
  verdict.Expect(
      calls.steady > 0,
      fmt::format("{} of them about files that nobody touches", calls.steady));
}

void JudgeQuestions(const Expectations& expected,
                    const std::vector<server::Tool>& tools, Verdict& verdict) {
  std::set<std::string> asked;
  for (const Question& question : expected.questions) {
    asked.insert(question.tool);
  }
  verdict.Expect(
      asked.size() == tools.size(),
      fmt::format("{} of {} tools were asked {} questions", asked.size(),
                  tools.size(), expected.questions.size()));
}

void JudgeMemory(const MemoryCurve& memory, std::size_t at_start,
                 Verdict& verdict) {
  const std::size_t limit = at_start + kStoreMemory + kWorkingMemory;
  verdict.Expect(PMCP_SOAK_SANITIZED || memory.peak() <= limit,
                 fmt::format("memory: {} before the first question, at most {} "
                             "({} allowed)",
                             MiB(at_start), MiB(memory.peak()), MiB(limit)));
  const std::size_t before = memory.Mean(0.25, 0.5);
  const std::size_t after = memory.Mean(0.75, 1);
  verdict.Expect(PMCP_SOAK_SANITIZED || after <= before + kGrowth,
                 fmt::format("memory of the second quarter {}, of the last {} "
                             "({} more allowed)",
                             MiB(before), MiB(after), MiB(kGrowth)));
}

bool Soak(std::chrono::seconds length) {
  Churn churn(1);
  const TempFolder exports;
  const FakeClock clock(Churn::Window().to);
  app::Config config{.profiles_dir = churn.path().string(),
                     .store_memory_bytes = kStoreMemory,
                     .export_dir = exports.path().string()};
  const source::Sources sources = app::MakeSources(config, clock);
  const std::size_t at_start = ResidentBytes();
  const auto tools = tools::AllTools({sources, clock, config.export_dir});
  server::Server server(app::Product(), tools);
  const Expectations expected = Expect(server, AllQuestions(Churn::Window()));
  const Run run = RunFor(length, server, churn, expected);
  for (const auto& [change, count] : churn.counts()) {
    std::cout << fmt::format("{:>8} times: {}\n", count, change);
  }
  Verdict verdict;
  JudgeQuestions(expected, tools, verdict);
  JudgeCalls(run.calls, verdict);
  JudgeMemory(run.memory, at_start, verdict);
  verdict.Expect(std::filesystem::is_empty(exports.path()),
                 "every exported file was where its answer says");
  return verdict.Finish();
}

}  // namespace
}  // namespace pmcp::test

int main(int argc, char** argv) {
  const auto seconds = argc == 2 ? pmcp::ParseInt64(argv[1]) : std::nullopt;
  if (!seconds || *seconds < 1) {
    std::cerr << "usage: soak SECONDS\n";
    return 2;
  }
  pmcp::app::BoundFreedMemory();
  return pmcp::test::Soak(std::chrono::seconds(*seconds)) ? 0 : 1;
}
