#include "server/words/request_id.h"

#include <nlohmann/json.hpp>

namespace pmcp::server {

std::optional<RequestId> RequestId::From(const nlohmann::json& value) {
  // The parser converts integers of 2^64 or more to double, which is inexact,
  // so they are refused like all floating-point numbers.
  if (!value.is_string() && !value.is_number_integer()) return std::nullopt;
  return RequestId(value.dump());
}

}  // namespace pmcp::server
