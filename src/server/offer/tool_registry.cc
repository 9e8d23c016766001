#include "server/offer/tool_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::server {
namespace {

// Longer names are of no tool, and are not repeated in full.
constexpr std::size_t kShownName = 64;

}  // namespace

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

  // The hint continues the message: both become one line of a JSON-RPC error.
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
