// ToolRegistry: the tools of a server by name, in the order of registration,
// which is the order of tools/list.
//
// Built once, never changed; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/offer/registered_tool.h"
#include "server/offer/tool.h"

namespace pmcp::server {

class ToolRegistry {
 public:
  /// Two tools of one name are a bug.
  explicit ToolRegistry(std::vector<Tool> tools);

  /// kNotFound with the nearest name when there is none of this name.
  Result<const RegisteredTool*> Find(std::string_view name) const;

  bool IsEmpty() const { return tools_.empty(); }

  /// What tools/list sends, each on one line.
  std::vector<std::string> Declarations() const;

 private:
  std::vector<std::unique_ptr<const RegisteredTool>> tools_;
};

}  // namespace pmcp::server
