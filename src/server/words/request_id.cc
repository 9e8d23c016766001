#include "server/words/request_id.h"

#include <nlohmann/json.hpp>

namespace pmcp::server {

std::optional<RequestId> RequestId::From(const nlohmann::json& value) {
  // An integer of 2^64 or more has become a double in the parser: not exact
  // any more, so it is refused with the other floats.
  if (!value.is_string() && !value.is_number_integer()) return std::nullopt;
  return RequestId(value.dump());
}

}  // namespace pmcp::server
