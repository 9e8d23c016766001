#include "tests/support/toy_server.h"

#include <fmt/core.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

#include "base/error.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::Tool;
using server::ToolContext;
using server::ToolResult;

constexpr std::string_view kEcho = R"({
  "name": "echo",
  "title": "Echo",
  "description": "Gives back its arguments.",
  "annotations": {"readOnlyHint": true},
  "inputSchema": {
    "type": "object",
    "properties": {
      "text": {"type": "string", "maxLength": 40, "examples": ["hello"]},
      "times": {"type": "integer", "minimum": 1, "maximum": 10, "default": 1},
      "mode": {"type": "string", "enum": ["plain", "loud"], "default": "plain"},
      "exact": {"type": "boolean", "default": false},
      "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
      "structured": {"type": "boolean", "default": false}
    },
    "required": ["text"],
    "additionalProperties": false
  }
})";

constexpr std::string_view kSlow = R"({
  "name": "slow",
  "description": "Waits until its gate is open.",
  "inputSchema": {
    "type": "object",
    "properties": {"gate": {"type": "string", "default": "main"}},
    "additionalProperties": false
  }
})";

constexpr std::string_view kOpen = R"({
  "name": "open",
  "description": "Opens a gate.",
  "inputSchema": {
    "type": "object",
    "properties": {"gate": {"type": "string", "default": "main"}},
    "additionalProperties": false
  }
})";

constexpr std::string_view kProgress = R"({
  "name": "progress",
  "description": "Reports some steps.",
  "inputSchema": {
    "type": "object",
    "properties": {"steps": {"type": "integer", "default": 2}},
    "additionalProperties": false
  }
})";

constexpr std::string_view kFail = R"({
  "name": "fail",
  "description": "Ends with an error.",
  "inputSchema": {
    "type": "object",
    "properties": {"kind": {"type": "string", "default": "not_found"}},
    "additionalProperties": false
  }
})";

/// Names that were opened; an open gate stays open.
class Gates {
 public:
  void Open(const std::string& name) {
    const std::lock_guard lock(mutex_);
    open_.insert(name);
    changed_.notify_all();
  }

  /// As CallContext::Check, once the gate is open or the call is over.
  Result<void> Wait(const std::string& name, const CallContext& call) {
    std::unique_lock lock(mutex_);
    const auto is_open = [&] { return open_.contains(name); };
    if (changed_.wait_until(lock, call.stop(), call.deadline(), is_open)) {
      return {};
    }
    return call.Check();
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<std::string> open_;
};

ToolResult Text(std::string text) { return {.text = std::move(text)}; }

ToolResult Echo(const json& arguments, const ToolContext& /*context*/) {
  ToolResult result = Text(arguments.dump());
  if (arguments.at("structured").get<bool>()) {
    result.structured = arguments.dump(2);  // newlines must not reach the wire
  }
  return result;
}

ToolResult Progress(const json& arguments, const ToolContext& context) {
  const int steps = arguments.at("steps").get<int>();
  for (int i = 1; i <= steps; ++i) {
    context.call().Progress(i, steps, fmt::format("step {}", i));
  }
  return Text("done");
}

ToolResult Fail(const json& arguments, const ToolContext& /*context*/) {
  const auto name = arguments.at("kind").get<std::string>();
  for (const ErrorKindRow& row : ErrorKinds()) {
    if (row.name == name) {
      return server::ErrorResult(
          {row.kind, "the toy is broken", "Try another toy."});
    }
  }
  throw std::runtime_error("a secret detail");
}

}  // namespace

server::ServerInfo ToyInfo() {
  return {.name = "toy-server",
          .title = "Toy server",
          .version = "1.2.3",
          .meta_prefix = "io.github.example",
          .website_url = "https://example.org/toy",
          .instructions = "Play."};
}

std::vector<Tool> ToyTools() {
  // Owned by the two tools that share it.
  const auto gates = std::make_shared<Gates>();
  const auto slow = [gates](const json& arguments, const ToolContext& context) {
    const auto waited =
        gates->Wait(arguments.at("gate").get<std::string>(), context.call());
    return waited ? Text("waited") : server::ErrorResult(waited.error());
  };
  const auto open = [gates](const json& arguments, const ToolContext&) {
    gates->Open(arguments.at("gate").get<std::string>());
    return Text("opened");
  };
  return {{kEcho, Echo},
          {kSlow, slow},
          {kOpen, open},
          {kProgress, Progress},
          {kFail, Fail}};
}

server::ServerOptions ToyOptions() {
  using std::chrono::milliseconds;
  return {.workers = {.threads = 2, .queue = 1},
          .progress = {.quiet = milliseconds(0), .interval = milliseconds(0)}};
}

}  // namespace pmcp::test
