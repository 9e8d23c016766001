// RequestId: the id of a request, kept as its JSON text, so that 1 and "1"
// differ and 64-bit integers are returned exactly.
//
// Also used for progress tokens, which have the same types.
#pragma once

#include <compare>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>

namespace pmcp::server {

class RequestId {
 public:
  /// Returns nullopt unless `value` is a string or a 64-bit integer; 1.0, true
  /// and null are not ids.
  static std::optional<RequestId> From(const nlohmann::json& value);
  /// The id of the answer to text that is not valid JSON (JSON-RPC 2.0).
  static RequestId Null() { return RequestId("null"); }

  const std::string& json() const { return json_; }

  friend auto operator<=>(const RequestId&, const RequestId&) = default;

 private:
  explicit RequestId(std::string json) : json_(std::move(json)) {}

  std::string json_;
};

}  // namespace pmcp::server
