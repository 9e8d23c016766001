// large_file: runs a server whose folder has one file that inflates to 500 MB.
// It must answer correctly, and must not need more memory than
// docs/performance.md states, both while it reads and after it has answered.
#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "app/compose.h"
#include "app/process_limits.h"
#include "app/product.h"
#include "base/check.h"
#include "base/gzip.h"
#include "profile/pprof/pprof_encode.h"
#include "server/core/server.h"
#include "tests/soak/memory.h"
#include "tests/soak/verdict.h"
#include "tests/support/big_profile.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"
#include "tools/tools.h"

namespace pmcp::test {
namespace {

using nlohmann::json;

constexpr std::size_t kInflatedBytes = 500'000'000;
constexpr std::size_t kMiB = 1 << 20;
// The default of --store-memory: the decoded file fits.
constexpr std::size_t kRoomForIt = 1024 * kMiB;
// Much less than the decoded file, which is not cached then.
constexpr std::size_t kNoRoomForIt = 64 * kMiB;
// docs/performance.md: the peak while a file is read, inflated and decoded.
constexpr std::size_t kTimesInflated = 3;
// Memory that malloc does not return, and the rest of the process.
constexpr std::size_t kBeside = 32 * kMiB;
// The timeout of tools/call.
constexpr std::chrono::milliseconds kCallTimeout =
    server::ServerOptions().call_timeout;

struct LargeFile {
  std::size_t compressed = 0;
  std::size_t inflated = 0;
  std::size_t samples = 0;
  std::int64_t total = 0;  // nanoseconds
};

/// The encoded samples of `profile`, a contiguous range of `whole`, which is
/// the encoded profile. It starts where `whole` differs from the profile
/// without samples.
std::string_view SamplesIn(std::string_view whole, profile::Profile profile) {
  profile.samples = profile::SampleTable();
  const std::string without = profile::EncodePprof(profile);
  const auto begin = std::ranges::mismatch(whole, without).in1 - whole.begin();
  return whole.substr(static_cast<std::size_t>(begin),
                      whole.size() - without.size());
}

/// A profile whose samples are repeated: concatenated protobuf messages are
/// merged.
LargeFile WriteLargeFile(const std::filesystem::path& path) {
  profile::Profile profile = BigProfile();
  LargeFile large;
  for (std::size_t row = 0; row < profile.samples.size(); ++row) {
    large.total += profile.samples.values(row)[1];
  }
  large.samples = profile.samples.size();
  std::string bytes = profile::EncodePprof(profile);
  const std::string samples(SamplesIn(bytes, std::move(profile)));
  std::size_t times = 1;
  for (; bytes.size() < kInflatedBytes; ++times) bytes += samples;
  const std::string file = Gzip(bytes);
  std::ofstream(path, std::ios::binary) << file;
  large.compressed = file.size();
  large.inflated = bytes.size();
  large.samples *= times;
  large.total *= static_cast<std::int64_t>(times);
  return large;
}

/// Runs in a separate process with its own memory.
LargeFile WriteLargeFileElsewhere(const std::filesystem::path& path) {
  int ends[2];
  PMCP_CHECK(::pipe(ends) == 0);
  const pid_t writer = ::fork();
  PMCP_CHECK(writer >= 0);
  LargeFile large;
  if (writer == 0) {
    large = WriteLargeFile(path);
    ::_exit(::write(ends[1], &large, sizeof(large)) == sizeof(large) ? 0 : 1);
  }
  PMCP_CHECK(::read(ends[0], &large, sizeof(large)) == sizeof(large));
  PMCP_CHECK(::waitpid(writer, nullptr, 0) == writer);
  return large;
}

/// Checks that the answer is in time and states the total of the file.
void Ask(const server::Server& server, const LargeFile& large,
         Verdict& verdict) {
  const auto begin = std::chrono::steady_clock::now();
  const CallContext call({}, begin + kCallTimeout, {});
  const auto result =
      server.Call("query_flamegraph", {{"format", "json"}}, call);
  const std::chrono::duration<double> seconds =
      std::chrono::steady_clock::now() - begin;
  const json answer = json::parse(result.structured, nullptr, false);
  verdict.Expect(answer.value("total", json()) == large.total,
                 fmt::format("the answer after {:.2f} s has the total {}",
                             seconds.count(), large.total));
  if (result.error) std::cout << result.text << "\n";
}

void JudgeMemory(std::string_view what, std::size_t needed, std::size_t allowed,
                 Verdict& verdict) {
  verdict.Expect(PMCP_SOAK_SANITIZED || needed <= allowed,
                 fmt::format("{}: {} of memory ({} allowed)", what, MiB(needed),
                             MiB(allowed)));
}

/// Starts a server and asks it several times.
void AskServer(const std::string& folder, const LargeFile& large,
               std::size_t store_memory, int times, Verdict& verdict) {
  const FakeClock clock(At("2026-07-28T12:00:00Z"));
  const std::size_t before = ResidentBytes();
  const source::Sources sources = app::MakeSources(
      {.profiles_dir = folder, .store_memory_bytes = store_memory}, clock);
  const server::Server server(app::Product(),
                              tools::AllTools({sources, clock}));
  std::cout << fmt::format("--store-memory {}\n", MiB(store_memory));
  for (; times > 0; --times) Ask(server, large, verdict);
  JudgeMemory("while it was read", PeakResidentBytes() - before,
              kTimesInflated * large.inflated, verdict);
  JudgeMemory("after the answer", ResidentBytes() - before,
              store_memory + kBeside, verdict);
}

bool Run() {
  const TempFolder folder;
  const LargeFile large = WriteLargeFileElsewhere(folder.path() / "shop.pb.gz");
  std::cout << fmt::format("{} samples, {} in the file, {} inflated\n",
                           large.samples, MiB(large.compressed),
                           MiB(large.inflated));
  Verdict verdict;
  // In this order, as the process reports its highest peak only.
  AskServer(folder.path().string(), large, kNoRoomForIt, 1, verdict);
  AskServer(folder.path().string(), large, kRoomForIt, 2, verdict);
  return verdict.Finish();
}

}  // namespace
}  // namespace pmcp::test

int main() {
  pmcp::app::BoundFreedMemory();
  return pmcp::test::Run() ? 0 : 1;
}
