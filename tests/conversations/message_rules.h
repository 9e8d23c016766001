// MessageRules: what every message of a server must be like, whatever the
// conversation is about (JSON-RPC 2.0 and the MCP specifications).
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pmcp::test {

/// Follows one conversation. Used by one thread.
class MessageRules {
 public:
  /// Notes the requests in it: their answers depend on method and era.
  void OnSent(const std::string& text);
  /// What is wrong with a message of the server, or "".
  std::string Check(const nlohmann::json& message) const;

 private:
  struct Sent {
    std::string method;
    bool is_modern = false;
  };

  void NoteRequest(const nlohmann::json& message);
  std::string CheckResponse(const nlohmann::json& message) const;
  std::string CheckResult(const nlohmann::json& message) const;

  std::map<std::string, Sent> sent_;  // by id, as JSON
};

}  // namespace pmcp::test
