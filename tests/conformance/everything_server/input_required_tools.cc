// Tools that need several inputs of the client, several times, or with a state.
#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "tests/conformance/everything_server/asking.h"
#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::ClientInput;
using server::InputRequest;
using server::InputRequired;
using server::ToolContext;
using server::ToolResult;

ToolResult Require(std::vector<InputRequest> requests,
                   std::optional<std::string> state = {}) {
  return {.input_required =
              InputRequired{std::move(requests), std::move(state)}};
}

InputRequest AskName(std::string key) {
  return AskForm(std::move(key), "What is your name?",
                 R"({"name": {"type": "string"}})", R"(["name"])");
}

ToolResult Greet(const json&, const ToolContext& context) {
  if (const json* name = context.input().Find("user_name")) {
    return TextResult(fmt::format("Hello, {}!", FieldOf(*name, "name")));
  }
  return Require({AskName("user_name")});
}

ToolResult AskCapital(const json&, const ToolContext& context) {
  if (const json* answer = context.input().Find("capital_question")) {
    return TextResult("Sampling result: " + TextOf(*answer));
  }
  return Require(
      {AskModel("capital_question", "What is the capital of France?", 100)});
}

ToolResult ListRoots(const json&, const ToolContext& context) {
  if (const json* answer = context.input().Find("client_roots")) {
    return TextResult("Roots: " + answer->value("roots", json()).dump());
  }
  return Require({AskRoots("client_roots")});
}

/// Continues only with both the input and the state.
server::ToolFunction Confirm(std::string done) {
  return [done](const json&, const ToolContext& context) {
    const ClientInput& input = context.input();
    if (input.state() == done && input.Find("confirm")) return TextResult(done);
    return Require({AskForm("confirm", "Please confirm",
                            R"({"ok": {"type": "boolean"}})", R"(["ok"])")},
                   done);
  };
}

ToolResult AskMuch(const json&, const ToolContext& context) {
  const ClientInput& input = context.input();
  if (input.state() && input.Find("user_name") && input.Find("greeting") &&
      input.Find("client_roots")) {
    return TextResult("all inputs received");
  }
  return Require(
      {AskName("user_name"), AskModel("greeting", "Generate a greeting", 50),
       AskRoots("client_roots")},
      "much");
}

/// Asks for the name, then for the colour with the name as its state.
ToolResult AskTwice(const json&, const ToolContext& context) {
  const ClientInput& input = context.input();
  const json state = json::parse(input.state().value_or("{}"));
  const json* name = input.Find("step1");
  const json* color = input.Find("step2");
  if (state.contains("name") && color) {
    return TextResult(fmt::format("{} likes {}",
                                  state["name"].get<std::string>(),
                                  FieldOf(*color, "color")));
  }
  if (state.value("round", 0) == 1 && name) {
    return Require(
        {AskForm("step2", "Step 2: What is your favorite color?",
                 R"({"color": {"type": "string"}})", R"(["color"])")},
        json{{"name", FieldOf(*name, "name")}}.dump());
  }
  return Require({AskForm("step1", "Step 1: What is your name?",
                          R"({"name": {"type": "string"}})", R"(["name"])")},
                 json{{"round", 1}}.dump());
}

ToolResult AskWhatCanBe(const json&, const ToolContext& context) {
  if (context.input().Find("e") || context.input().Find("s")) {
    return TextResult("capabilities-ok");
  }
  std::vector<InputRequest> requests;
  if (context.ClientSupports("elicitation")) {
    requests.push_back(
        AskForm("e", "Value?", R"({"value": {"type": "string"}})"));
  }
  if (context.ClientSupports("sampling")) {
    requests.push_back(AskModel("s", "Sample", 50));
  }
  if (requests.empty()) return TextResult("No supported capabilities declared");
  return Require(std::move(requests));
}

ToolResult ReportAndAsk(const json&, const ToolContext& context) {
  context.call().Progress(1, 2, "");
  if (context.input().Find("q")) return TextResult("ok");
  return Require({AskForm("q", "Q?", R"({"a": {"type": "string"}})")});
}

}  // namespace

std::vector<server::Tool> InputRequiredTools() {
  const auto tool = [](const std::string& name, std::string_view description,
                       server::ToolFunction run) {
    return MakeFixture("test_input_required_result_" + name, description,
                       std::move(run));
  };
  return {
      MakeFixture("test_streaming_elicitation", "Reports, then asks the user.",
                  ReportAndAsk),
      tool("elicitation", "Asks for a name.", Greet),
      tool("sampling", "Asks the client's model.", AskCapital),
      tool("list_roots", "Asks for the client's roots.", ListRoots),
      tool("request_state", "Remembers something.", Confirm("state-ok")),
      tool("tampered_state", "Trusts only itself.", Confirm("integrity-ok")),
      tool("multiple_inputs", "Asks for three things.", AskMuch),
      tool("multi_round", "Asks twice.", AskTwice),
      tool("capabilities", "Asks for what the client can give.", AskWhatCanBe),
  };
}

}  // namespace pmcp::test
