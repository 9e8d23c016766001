// RequestId: the id of a request, kept as the JSON that it came as, so that
// 1 and "1" stay different and 64-bit integers stay exact when echoed.
//
// Progress tokens follow the same rule and use the same type.
#pragma once

#include <compare>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>

namespace pmcp::server {

class RequestId {
 public:
  /// Nullopt unless `value` is a string or an integer of 64 bits; 1.0, true
  /// and null are none.
  static std::optional<RequestId> From(const nlohmann::json& value);
  /// What JSON-RPC answers to text that is not JSON at all.
  static RequestId Null() { return RequestId("null"); }

  const std::string& json() const { return json_; }

  friend auto operator<=>(const RequestId&, const RequestId&) = default;

 private:
  explicit RequestId(std::string json) : json_(std::move(json)) {}

  std::string json_;
};

}  // namespace pmcp::server
