// ToolRegistry: the tools of a server by name, in the order of registration,
// which is the order of tools/list. RegisteredTool checks the arguments of a
// call and runs the tool.
//
// Immutable after construction; thread-safe: calls may overlap.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/offer/schema.h"
#include "server/offer/tool.h"

namespace pmcp::server {

/// A Tool with its name and its argument schema.
class RegisteredTool {
 public:
  /// A declaration that is not a JSON object with a "name" is a bug.
  explicit RegisteredTool(Tool tool);

  const std::string& name() const { return name_; }
  /// The declaration on one line, with its members in their order.
  const std::string& declaration() const { return declaration_; }

  /// Checks `arguments`, an object, against the schema, fills in defaults, and
  /// runs the tool. Never throws: an exception of the tool or of a library
  /// becomes an error of kind kInternal; its details are logged only.
  ToolResult Call(const nlohmann::json& arguments,
                  const ToolContext& context) const;

 private:
  ToolResult CheckAndRun(const nlohmann::json& arguments,
                         const ToolContext& context) const;

  const Tool tool_;
  std::string name_;
  std::string declaration_;
  const InputSchema schema_;
};

class ToolRegistry {
 public:
  /// Two tools with the same name are a bug.
  explicit ToolRegistry(std::vector<Tool> tools);

  /// kNotFound, with the nearest name, if no tool has this name.
  Result<const RegisteredTool*> Find(std::string_view name) const;

  bool IsEmpty() const { return tools_.empty(); }

  /// The entries of tools/list, each on one line.
  std::vector<std::string> Declarations() const;

 private:
  std::vector<std::unique_ptr<const RegisteredTool>> tools_;
};

}  // namespace pmcp::server
