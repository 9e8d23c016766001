#include "tests/soak/caller.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "app/product.h"
#include "base/check.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using Steady = std::chrono::steady_clock;

constexpr const char* kInitialize =
    R"({"jsonrpc":"2.0","id":"init","method":"initialize","params":{)"
    R"("protocolVersion":"2025-11-25","capabilities":{},)"
    R"("clientInfo":{"name":"soak","version":"1"}}})";

// The server answers within the timeout of a call, if necessary with an error,
// which may be late on a busy machine.
constexpr auto kPatience =
    server::ServerOptions().call_timeout + std::chrono::seconds(30);

class Caller {
 public:
  explicit Caller(server::Server& server)
      : peer_(server),
        meta_key_(fmt::format("{}/error", app::Product().meta_prefix)) {
    peer_.Send(kInitialize);
    PMCP_CHECK(peer_.Receive().has_value());
    peer_.Send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
  }

  void Send(const Question& question) {
    peer_.Send(
        json({{"jsonrpc", "2.0"},
              {"id", ++id_},
              {"method", "tools/call"},
              {"params",
               {{"name", question.tool}, {"arguments", question.arguments}}}})
            .dump());
  }

  void Cancel() {
    peer_.Send(json({{"jsonrpc", "2.0"},
                     {"method", "notifications/cancelled"},
                     {"params", {{"requestId", id_}}}})
                   .dump());
  }

  /// The answer to the last request; nullopt if there is none.
  std::optional<json> Answer() {
    std::optional<json> answer;
    if (!peer_.WaitUntilIdle(kPatience)) return std::nullopt;
    while (const auto text = peer_.Receive()) {
      json message = json::parse(*text);
      if (message.value("id", json()) == id_) answer = std::move(message);
    }
    return answer;
  }

  const std::string& meta_key() const { return meta_key_; }

 private:
  InProcessPeer peer_;
  const std::string meta_key_;
  int id_ = 0;
};

/// The file that an answer names, in either format; "" if it names none.
std::string ExportedFile(const json& result) {
  const json data = result.value("structuredContent", json::object());
  if (data.contains("path")) return data.at("path");
  // It is the end of the only row of the table.
  constexpr std::string_view kHeader = "SAMPLES  PATH\n";
  const std::string text = result.at("content").at(0).value("text", "");
  const std::size_t header = text.find(kHeader);
  if (header == std::string::npos) return "";
  const std::size_t end = text.find('\n', header + kHeader.size());
  const std::size_t begin = text.rfind(' ', end) + 1;
  return text.substr(begin, end - begin);
}

/// Removes exported files, so that the soak does not fill the disk.
std::string TakeExport(const json& result) {
  const std::string path = ExportedFile(result);
  if (path.empty()) return "";
  std::error_code failed;
  const bool removed = std::filesystem::remove(path, failed);
  return removed ? "" : "an exported file is not there";
}

/// The fault of the answer to question `i`, or "".
std::string JudgeAnswer(const std::optional<json>& answer,
                        const Expectations& expected, std::size_t i,
                        std::string_view meta_key) {
  const Question& question = expected.questions[i];
  if (!answer) return "no answer";
  if (!answer->contains("result")) return "a protocol error: " + answer->dump();
  const json& result = answer->at("result");
  std::string problem = Judge(question, result, meta_key);
  if (!problem.empty()) return problem;
  problem = TakeExport(result);
  if (problem.empty() && question.is_steady &&
      SteadyPart(result.value("structuredContent", json::object())) !=
          expected.answers[i]) {
    return "another answer about steady files";
  }
  return problem;
}

/// Asks question `i` and records the result.
void Ask(Caller& caller, const Expectations& expected, std::size_t i,
         CallerReport& report) {
  const Question& question = expected.questions[i];
  const auto begin = Steady::now();
  caller.Send(question);
  const auto answer = caller.Answer();
  report.slowest = std::max(
      report.slowest, std::chrono::duration_cast<std::chrono::microseconds>(
                          Steady::now() - begin));
  ++report.calls;
  if (question.is_steady) ++report.steady;
  const std::string problem =
      JudgeAnswer(answer, expected, i, caller.meta_key());
  if (!problem.empty()) {
    ++report.problems[fmt::format("{} {}: {}", question.tool,
                                  question.arguments.dump(), problem)];
  } else if (answer->at("result").value("isError", false)) {
    ++report.refused;
  }
}

/// Does not cancel exports, as their files would not be removed.
void AskAndCancel(Caller& caller, const Question& question,
                  CallerReport& report) {
  caller.Send(question);
  caller.Cancel();
  caller.Answer();  // or none
  ++report.calls;
  ++report.cancelled;
}

}  // namespace

void CallerReport::Add(const CallerReport& other) {
  calls += other.calls;
  steady += other.steady;
  cancelled += other.cancelled;
  refused += other.refused;
  slowest = std::max(slowest, other.slowest);
  for (const auto& [problem, count] : other.problems)
    problems[problem] += count;
}

Expectations Expect(server::Server& server, std::vector<Question> questions) {
  Expectations expected{.questions = std::move(questions)};
  Caller caller(server);
  for (const Question& question : expected.questions) {
    json& answer = expected.answers.emplace_back();
    if (!question.is_steady) continue;
    caller.Send(question);
    const auto reply = caller.Answer();
    PMCP_CHECK(reply && reply->contains("result"));
    const json& result = reply->at("result");
    PMCP_CHECK(result.contains("structuredContent"));
    PMCP_CHECK(TakeExport(result).empty());
    answer = SteadyPart(result.at("structuredContent"));
  }
  return expected;
}

CallerReport AskUntil(const std::stop_token& stop, server::Server& server,
                      const Expectations& expected, std::uint64_t seed) {
  SplitMix64 random(seed);
  Caller caller(server);
  CallerReport report;
  while (!stop.stop_requested()) {
    const std::size_t i = random.Below(expected.questions.size());
    const Question& question = expected.questions[i];
    if (random.OneIn(20) && question.tool != "export_pprof") {
      AskAndCancel(caller, question, report);
    } else {
      Ask(caller, expected, i, report);
    }
  }
  return report;
}

}  // namespace pmcp::test
