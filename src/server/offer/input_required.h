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

/// The method by which a client is asked: "elicitation/create".
std::string_view MethodOf(InputKind kind);
/// What a client must have declared to be asked: "elicitation".
std::string_view CapabilityOf(InputKind kind);

/// One thing to ask the client for.
struct InputRequest {
  std::string key;  // under which the method finds the answer
  InputKind kind = InputKind::kElicitation;
  std::string params;  // of MethodOf(kind): a JSON object as text
};

struct InputRequired {
  std::vector<InputRequest> requests;
  /// What the method wants to remember until it is called again. A client gets
  /// it sealed: it can be read, but not made nor changed.
  std::optional<std::string> state;
};

/// What came of InputRequired; empty at the first call.
class ClientInput {
 public:
  ClientInput() = default;
  /// `responses` is an object of objects.
  ClientInput(std::shared_ptr<const nlohmann::json> responses,
              std::optional<std::string> state);

  /// The client's result for that key, an object; null when there is none.
  const nlohmann::json* Find(std::string_view key) const;
  const std::optional<std::string>& state() const { return state_; }

 private:
  /// Shared by the copies of the context that a method is called with.
  std::shared_ptr<const nlohmann::json> responses_;
  std::optional<std::string> state_;
};

}  // namespace pmcp::server
