// InputSchema: checks the arguments of one tool against its schema in
// tools/list, after the conversions of argument_reading.h.
//
// Compiled at its first use, since many sessions only list the tools.
// Thread-safe.
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

  /// Returns the arguments with all defaults, or kInvalidArgument with
  /// everything that is wrong with them. `arguments` is an object.
  Result<nlohmann::json> Check(const nlohmann::json& arguments) const;

 private:
  struct Compiled;

  const Compiled& compiled() const;

  const std::string_view declaration_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Compiled> compiled_;
};

}  // namespace pmcp::server
