// Measures what a tool call costs beyond its requests, against a server with
// fixed answers, one small and one of 130,000 nodes.
#include <fmt/core.h>
#include <httplib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/process_limits.h"
#include "app/product.h"
#include "base/check.h"
#include "base/clock.h"
#include "http/client/curl_http_client.h"
#include "profile/stacks/top_functions.h"
#include "pyroscope/pyroscope_source.h"
#include "pyroscope/wire/wire_stacks.h"
#include "server/core/server.h"
#include "tests/support/random.h"
#include "tests/support/wire_encode.h"
#include "tools/tools.h"

namespace {

using namespace pmcp;
using nlohmann::json;
using std::chrono::steady_clock;

constexpr const char* kType = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";
constexpr std::size_t kFunctions = 20'000;
constexpr std::size_t kLargeNodes = 130'000;
constexpr std::size_t kSmallNodes = 500;

/// Random walks through a graph in which each function calls a few others.
profile::StackTree TreeOf(std::size_t nodes) {
  test::SplitMix64 random(7);
  profile::StackTree tree;
  for (std::size_t i = 0; i < kFunctions; ++i) {
    tree.names().Intern(
        fmt::format("example.com/shop/pkg{}.(*Type{}).Do{}", i % 97, i, i));
  }
  while (tree.size() <= nodes) {
    std::vector<profile::StringId> frames;
    std::size_t function = random.Below(8);
    for (std::size_t depth = 4 + random.Below(40); depth > 0; --depth) {
      frames.push_back(static_cast<profile::StringId>(1 + function));
      function = (function * 31 + random.Below(5) * 977 + 1) % kFunctions;
    }
    tree.AddStack(frames, static_cast<std::int64_t>(10'000'000 *
                                                    (1 + random.Below(100))));
  }
  return tree;
}

/// A Pyroscope with one fixed answer, in a separate process.
class FixedServer {
 public:
  explicit FixedServer(const std::string& stacks) {
    int ends[2] = {-1, -1};
    PMCP_CHECK(::pipe(ends) == 0);
    pid_ = ::fork();
    if (pid_ == 0) Serve(stacks, ends[1]);
    PMCP_CHECK(::read(ends[0], &port_, sizeof port_) == sizeof port_);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~FixedServer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  FixedServer(const FixedServer&) = delete;
  FixedServer& operator=(const FixedServer&) = delete;

  std::string url() const { return fmt::format("http://127.0.0.1:{}", port_); }

 private:
  [[noreturn]] static void Serve(const std::string& stacks, int port_pipe) {
    const std::vector types = {*profile::ProfileType::Parse(kType)};
    const std::string type_answer = test::EncodeAnswer(types);
    httplib::Server http;
    http.set_keep_alive_max_count(100'000);
    http.set_tcp_nodelay(true);
    http.Get("/api/v1/status/buildinfo", [](const auto&, auto& response) {
      response.set_content(R"({"data":{"version":"2.2.0"}})",
                           "application/json");
    });
    http.Post(R"(/querier\.v1\.QuerierService/(\w+))",
              [&](const auto& request, auto& response) {
                const bool types_only = request.matches[1] == "ProfileTypes";
                response.set_content(types_only ? type_answer : stacks,
                                     "application/proto");
              });
    const int port = http.bind_to_any_port("127.0.0.1");
    PMCP_CHECK(::write(port_pipe, &port, sizeof port) == sizeof port);
    http.listen_after_bind();
    ::_exit(0);
  }

  pid_t pid_ = -1;
  int port_ = 0;
};

/// The tools with one server as their source, as in the program.
class Program {
 public:
  explicit Program(const std::string& url)
      : sources_(Only(url, clock_)),
        server_(app::Product(), tools::AllTools({sources_, clock_, ""})) {}

  void Call() const {
    const auto result =
        server_.Call("query_flamegraph", json::object(), CallContext());
    if (result.error) fmt::print("{}\n", result.text);
    PMCP_CHECK(!result.error);
  }

 private:
  static source::Sources Only(const std::string& url, const Clock& clock) {
    pyroscope::PyroscopeOptions options{.url = url};
    options.connect.accept_gzip = false;  // as of any server on this machine
    std::vector<source::NamedSource> all;
    all.push_back({"server", std::make_unique<pyroscope::PyroscopeSource>(
                                 std::move(options),
                                 std::make_unique<http::CurlHttpClient>(
                                     http::CurlOptions{}),
                                 clock)});
    return source::Sources(std::move(all));
  }

  const SystemClock clock_;
  const source::Sources sources_;
  const server::Server server_;
};

/// The request of one call, without the tool.
void AskBare(const http::CurlHttpClient& http, const std::string& url) {
  const auto response = http.Send(
      {.url = url + "/querier.v1.QuerierService/SelectMergeStacktraces",
       .headers = {{"Content-Type",
                    Redacted(std::string("application/proto"))}},
       .body = "",
       .accept_gzip = false},
      CallContext());
  PMCP_CHECK(response.ok() && response->status == 200);
}

struct Times {
  double median = 0;  // milliseconds
  double least = 0;
  double most = 0;
  double processor = 0;  // median
};

struct Run {
  double milliseconds = 0;
  double processor = 0;
};

double ProcessorMilliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) +
         1e-6 * static_cast<double>(now.tv_nsec);
}

template <typename Work>
Run Measure(Work& work) {
  const double processor = ProcessorMilliseconds();
  const auto begin = steady_clock::now();
  work();
  return {std::chrono::duration<double, std::milli>(steady_clock::now() - begin)
              .count(),
          ProcessorMilliseconds() - processor};
}

Times TimesOf(std::vector<Run> all) {
  std::ranges::sort(all, {}, &Run::processor);
  const double processor = all[all.size() / 2].processor;
  std::ranges::sort(all, {}, &Run::milliseconds);
  return {all[all.size() / 2].milliseconds, all.front().milliseconds,
          all.back().milliseconds, processor};
}

/// Alternates between both, so that other load affects both equally.
template <typename One, typename Other>
std::pair<Times, Times> InTurns(int runs, One one, Other other) {
  one();
  other();
  std::vector<Run> ones;
  std::vector<Run> others;
  for (int i = 0; i < runs; ++i) {
    ones.push_back(Measure(one));
    others.push_back(Measure(other));
  }
  return {TimesOf(std::move(ones)), TimesOf(std::move(others))};
}

void Print(const std::string& what, const Times& times) {
  fmt::print("{:<52}{:8.2f} ms  ({:.2f} to {:.2f}) {:8.2f} ms processor\n",
             what, times.median, times.least, times.most, times.processor);
}

void CompareCall(const char* what, const std::string& answer, int runs) {
  const FixedServer server(answer);
  const Program program(server.url());
  const http::CurlHttpClient http({});
  const auto [bare, call] = InTurns(
      runs, [&] { AskBare(http, server.url()); }, [&] { program.Call(); });
  Print(fmt::format("bare HTTP, {} ({:.1f} KB)", what,
                    static_cast<double>(answer.size()) / 1000),
        bare);
  Print(fmt::format("query_flamegraph, {}", what), call);
  fmt::print("  adds {:.2f} ms, {:.0f} %\n", call.median - bare.median,
             100 * (call.median - bare.median) / bare.median);
}

void RankOnce(const std::string& answer) {
  auto tree = pyroscope::DecodeStacktraces("bench", answer);
  PMCP_CHECK(tree.ok());
  profile::Stacks stacks;
  stacks.AddTree(*std::move(tree));
  const auto top = profile::TopFunctions(stacks, {}, CallContext());
  PMCP_CHECK(top.ok() && top->rows.size() == 20);
}

std::size_t StatusKib(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string word;
  std::size_t kib = 0;
  while (status >> word) {
    if (word == name + ":") status >> kib;
  }
  return kib;
}

/// Measured in a separate process that has answered a small query before.
void CompareMemory(const std::string& small, const std::string& large) {
  const FixedServer small_server(small);
  const FixedServer large_server(large);
  std::fflush(stdout);
  const pid_t pid = ::fork();
  if (pid == 0) {
    Program(small_server.url()).Call();
    const Program program(large_server.url());
    const std::size_t before = StatusKib("VmRSS");
    std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
    program.Call();
    const std::size_t bytes = (StatusKib("VmHWM") - before) * 1024;
    fmt::print("{:<52}{:8.2f} times the answer (goal: under 4)\n",
               "memory of query_flamegraph, 130 000 nodes",
               static_cast<double>(bytes) / static_cast<double>(large.size()));
    std::fflush(stdout);
    ::_exit(0);
  }
  ::waitpid(pid, nullptr, 0);
}

}  // namespace

int main() {
  app::BoundFreedMemory();
  constexpr int kRuns = 51;
  const std::string small = test::EncodeTree(TreeOf(kSmallNodes));
  const std::string large = test::EncodeTree(TreeOf(kLargeNodes));
  CompareMemory(small, large);
  const auto [rank, nothing] = InTurns(
      kRuns, [&] { RankOnce(large); }, [] {});
  static_cast<void>(nothing);
  Print("decode and rank, 130 000 nodes (goal: under 15 ms)", rank);
  CompareCall("500 nodes", small, 4 * kRuns);
  fmt::print("  (goal: at most 10 % or 1 ms)\n");
  CompareCall("130 000 nodes", large, kRuns);
}
