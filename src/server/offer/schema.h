// InputSchema: checks the arguments of one tool against what tools/list
// promises about them, and reads them as they were meant.
//
// Compiled at its first use, so that a server which starts, lists its tools
// and ends has paid for none. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "base/result.h"

namespace pmcp::server {

class InputSchema {
 public:
  /// `declaration` is a Tool::declaration and must outlive this. Its
  /// "inputSchema" has `properties` and `required` and allows nothing else;
  /// patterns, formats and references are not supported.
  explicit InputSchema(std::string_view declaration);
  ~InputSchema();

  /// The arguments with every default filled in, or kInvalidArgument that
  /// names everything that is wrong with them. `arguments` is an object.
  Result<nlohmann::json> Check(const nlohmann::json& arguments) const;

 private:
  struct Compiled;

  const Compiled& compiled() const;

  const std::string_view declaration_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Compiled> compiled_;
};

}  // namespace pmcp::server
