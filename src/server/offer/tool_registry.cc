#include "server/offer/tool_registry.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/check.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "server/offer/exception_fence.h"

namespace pmcp::server {
namespace {

// The bound on an unknown name that an error message repeats.
constexpr std::size_t kShownName = 64;

}  // namespace

RegisteredTool::RegisteredTool(Tool tool)
    : tool_(std::move(tool)), schema_(tool_.declaration) {
  // Ordered, so that tools/list has the order of the schema file.
  const auto json =
      nlohmann::ordered_json::parse(tool_.declaration, nullptr, false);
  PMCP_CHECK(json.is_object() && json.contains("name") &&
             json["name"].is_string());
  name_ = json["name"].get<std::string>();
  declaration_ = json.dump();
}

ToolResult RegisteredTool::Call(const nlohmann::json& arguments,
                                const ToolContext& context) const {
  return CatchExceptions(
      context, [&] { return CheckAndRun(arguments, context); }, ErrorResult);
}

ToolResult RegisteredTool::CheckAndRun(const nlohmann::json& arguments,
                                       const ToolContext& context) const {
  if (tool_.checks_arguments) return tool_.run(arguments, context);
  const auto checked = schema_.Check(arguments);
  if (!checked) return ErrorResult(checked.error());
  return tool_.run(*checked, context);
}

ToolRegistry::ToolRegistry(std::vector<Tool> tools) {
  for (Tool& tool : tools) {
    auto registered = std::make_unique<RegisteredTool>(std::move(tool));
    PMCP_CHECK(!Find(registered->name()).ok());
    tools_.push_back(std::move(registered));
  }
}

Result<const RegisteredTool*> ToolRegistry::Find(std::string_view name) const {
  const auto found = std::ranges::find(
      tools_, name,
      [](const auto& tool) -> std::string_view { return tool->name(); });
  if (found != tools_.end()) return found->get();

  // The dispatcher joins message and hint to one line of a JSON-RPC error, so
  // the hint starts in lower case.
  std::vector<std::string> known;
  for (const auto& tool : tools_) known.push_back(tool->name());
  const auto nearest = ClosestMatch(name, known);
  return NotFound(
      fmt::format("unknown tool \"{}\"", Shorten(Sanitize(name), kShownName)),
      nearest ? fmt::format("did you mean \"{}\"?", *nearest)
              : "tools/list names all tools");
}

std::vector<std::string> ToolRegistry::Declarations() const {
  std::vector<std::string> declarations;
  for (const auto& tool : tools_) declarations.push_back(tool->declaration());
  return declarations;
}

}  // namespace pmcp::server
