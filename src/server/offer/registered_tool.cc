#include "server/offer/registered_tool.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/check.h"
#include "server/offer/exception_fence.h"

namespace pmcp::server {
RegisteredTool::RegisteredTool(Tool tool)
    : tool_(std::move(tool)), schema_(tool_.declaration) {
  // Ordered: what tools/list sends reads like the file that it came from.
  const auto json =
      nlohmann::ordered_json::parse(tool_.declaration, nullptr, false);
  // Declarations are part of the program: a broken one is a bug.
  PMCP_CHECK(json.is_object() && json.contains("name") &&
             json["name"].is_string());
  name_ = json["name"].get<std::string>();
  declaration_ = json.dump();
}

ToolResult RegisteredTool::Call(const nlohmann::json& arguments,
                                const ToolContext& context) const {
  return Fenced(
      context, [&] { return CallUnfenced(arguments, context); }, ErrorResult);
}

ToolResult RegisteredTool::CallUnfenced(const nlohmann::json& arguments,
                                        const ToolContext& context) const {
  if (tool_.checks_arguments) return tool_.run(arguments, context);
  const auto checked = schema_.Check(arguments);
  if (!checked) return ErrorResult(checked.error());
  return tool_.run(*checked, context);
}

}  // namespace pmcp::server
