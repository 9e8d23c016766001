// Tools that send notifications while they run, or change lists.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::Change;
using server::LogLevel;
using server::ToolContext;
using server::ToolResult;
using std::chrono::milliseconds;

/// The suite expects an interval between messages.
void Pause(milliseconds time, const ToolContext& context) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, context.call().stop(), time, [] { return false; });
}

ToolResult Log(const json&, const ToolContext& context) {
  for (const char* text : {"Tool execution started", "Tool processing data",
                           "Tool execution completed"}) {
    context.Log(LogLevel::kInfo, text);
    Pause(milliseconds(50), context);
  }
  return TextResult("done");
}

ToolResult Progress(const json&, const ToolContext& context) {
  for (const int done : {0, 50, 100}) {
    context.call().Progress(done, 100, "");
    Pause(milliseconds(50), context);
  }
  return TextResult("done");
}

ToolResult Reconnect(const json&, const ToolContext& context) {
  context.CloseStream();
  Pause(milliseconds(100), context);
  return TextResult("Reconnection test completed successfully.");
}

ToolResult LogIfAsked(const json&, const ToolContext& context) {
  context.Log(LogLevel::kInfo, "diagnostic");
  return TextResult("Logging evaluated");
}

ToolResult NeedSampling(const json&, const ToolContext& context) {
  if (!context.ClientSupports("sampling")) {
    return {.missing_capabilities = {"sampling"}};
  }
  return TextResult("Success");
}

server::ToolFunction Publish(const std::shared_ptr<server::ChangeFeed>& feed,
                             Change change) {
  return [feed, change](const json&, const ToolContext&) {
    feed->Publish(change);
    return TextResult("ok");
  };
}

}  // namespace

std::vector<server::Tool> StreamTools(
    const std::shared_ptr<server::ChangeFeed>& feed) {
  using Kind = Change::Kind;
  return {
      MakeFixture("test_tool_with_logging", "Logs while it works.", Log),
      MakeFixture("test_tool_with_progress", "Reports its progress.", Progress),
      MakeFixture("test_reconnection", "Lets go of its connection.", Reconnect),
      MakeFixture("test_logging_tool", "Logs one line.", LogIfAsked),
      MakeFixture("test_missing_capability", "Needs sampling.", NeedSampling),
      MakeFixture("test_trigger_tool_change", "Changes the list of tools.",
                  Publish(feed, {Kind::kTools, ""})),
      MakeFixture("test_trigger_prompt_change", "Changes the list of prompts.",
                  Publish(feed, {Kind::kPrompts, ""})),
      MakeFixture("test_trigger_resource_update",
                  "Changes what the watched resource holds.",
                  Publish(feed, {Kind::kContents, "test://watched-resource"})),
  };
}

}  // namespace pmcp::test
