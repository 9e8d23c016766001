// InputRequired: what a method answers when it cannot go on without the client,
// and what it is given when it is called again.
//
// One way for both eras. In the modern one it is the answer to the request, and
// the client repeats that with what was asked for (spec 2026-07-28,
// basic/patterns/mrtr). In the legacy one the server asks by itself, as it was
// done then, and calls the method again.
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
