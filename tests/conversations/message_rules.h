// MessageRules: the rules for every message of a server, in every conversation
// (JSON-RPC 2.0 and the MCP specifications).
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pmcp::test {

/// Follows one conversation. Used by one thread.
class MessageRules {
 public:
  /// Records its requests: their answers depend on the method, and on whether
  /// the request names its version.
  void OnSent(const std::string& text);
  /// Returns the error in a message of the server, or "".
  std::string Check(const nlohmann::json& message) const;

 private:
  struct Sent {
    std::string method;
    bool is_stateless = false;
  };

  void NoteRequest(const nlohmann::json& message);
  std::string CheckResponse(const nlohmann::json& message) const;
  std::string CheckResult(const nlohmann::json& message) const;

  std::map<std::string, Sent> sent_;  // by id, as JSON
};

}  // namespace pmcp::test
