// RegisteredTool: a Tool with its name and its argument schema, ready to be
// called. The steps "check the arguments" and "run" of every call are here.
//
// Thread-safe: calls may overlap.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/offer/schema.h"
#include "server/offer/tool.h"

namespace pmcp::server {

class RegisteredTool {
 public:
  explicit RegisteredTool(Tool tool);

  const std::string& name() const { return name_; }
  /// The declaration on one line, with its members in their order.
  const std::string& declaration() const { return declaration_; }

  /// Never throws: what the tool's code or a library throws becomes an error
  /// of kind kInternal whose details are in the log only.
  ToolResult Call(const nlohmann::json& arguments,
                  const ToolContext& context) const;

 private:
  ToolResult CallUnfenced(const nlohmann::json& arguments,
                          const ToolContext& context) const;

  const Tool tool_;
  std::string name_;
  std::string declaration_;
  const InputSchema schema_;
};

}  // namespace pmcp::server
