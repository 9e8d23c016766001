// InputRequired: what a method returns when it needs input of the client, and
// ClientInput: what it gets when it is called again.
//
// The same for all protocol versions. Since 2026-07-28 the server answers the
// request with InputRequired, and the client repeats the request with the input
// (spec, basic/patterns/mrtr). Before, the server sends requests to the client
// and calls the method again with the answers.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp::server {

enum class InputKind { kElicitation, kSampling, kRoots };

/// The method that asks a client: "elicitation/create".
std::string_view MethodOf(InputKind kind);
/// The capability that a client must declare for it: "elicitation".
std::string_view CapabilityOf(InputKind kind);

/// One request to the client.
struct InputRequest {
  std::string key;  // of the answer, for ClientInput::Find
  InputKind kind = InputKind::kElicitation;
  std::string params;  // of MethodOf(kind): a JSON object as text
};

struct InputRequired {
  std::vector<InputRequest> requests;
  /// State for the next call of the method. If it passes through the client, it
  /// is signed: the client can read it, but not create or change it.
  std::optional<std::string> state;
};

/// The answers to an InputRequired; empty at the first call.
class ClientInput {
 public:
  ClientInput() = default;
  /// `responses` is an object of objects.
  ClientInput(std::shared_ptr<const nlohmann::json> responses,
              std::optional<std::string> state);

  /// Returns the client's result for that key, an object, or null.
  const nlohmann::json* Find(std::string_view key) const;
  const std::optional<std::string>& state() const { return state_; }

 private:
  /// Shared by the copies of the context of a method.
  std::shared_ptr<const nlohmann::json> responses_;
  std::optional<std::string> state_;
};

}  // namespace pmcp::server
