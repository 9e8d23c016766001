#include "server/registered_tool.h"

#include <fmt/format.h>

#include <exception>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/check.h"
#include "base/log.h"

namespace pmcp::server {
namespace {

ToolResult InternalError(const ToolContext& context, std::string_view what) {
  log::Log(log::Level::kError, "{}: {}", context.request_label(), what);
  return ErrorResult(
      {ErrorKind::kInternal,
       fmt::format("internal error in request {}", context.request_label()),
       "Look for this request in the server's log, and report what it says."});
}

}  // namespace

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
  try {
    return CallUnfenced(arguments, context);
  } catch (const std::exception& e) {
    return InternalError(context, e.what());
  } catch (...) {
    return InternalError(context, "an exception of unknown type");
  }
}

ToolResult RegisteredTool::CallUnfenced(const nlohmann::json& arguments,
                                        const ToolContext& context) const {
  const auto checked = schema_.Check(arguments);
  if (!checked) return ErrorResult(checked.error());
  return tool_.run(*checked, context);
}

}  // namespace pmcp::server
