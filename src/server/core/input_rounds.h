// InputRounds: runs a method that may need input of the client, in the way that
// the request's protocol version has for it (input_required.h).
//
// Thread-safe.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "server/core/exchange.h"
#include "server/core/protocol.h"
#include "server/core/reply_once.h"
#include "server/core/request_state.h"
#include "server/core/session.h"
#include "server/offer/input_required.h"
#include "server/offer/tool_context.h"
#include "server/words/server_info.h"

namespace pmcp::server {

/// The result of one call of the method.
using Step = std::variant<Outcome, InputRequired>;

/// Identifies a request: equal when the client repeats it with input.
struct Purpose {
  std::string_view method;
  std::string_view name;
  const nlohmann::json& arguments;
};

/// A request whose method may need input.
struct InputRounds {
  const nlohmann::json& params;
  const protocol::Rules& rules;
  Session& session;
  const ReplyOnce& reply;
  const ToolContext& context;
  /// A sealed state is bound to it.
  Purpose purpose;

  /// The method, called once for each round.
  std::function<Step(const ToolContext&)> run;
  /// Makes the outcome for an error, when the client cannot be asked or
  /// refuses.
  std::function<Outcome(const Error&)> fail;
};

/// Runs the method. When it needs input, asks the client for it: with an
/// "input_required" result where the rules have multi round trips, otherwise
/// with requests to the client, until the method has an outcome.
Outcome RunWithClientInput(const InputRounds& rounds, const RequestState& seal,
                           const ServerInfo& info);

}  // namespace pmcp::server
