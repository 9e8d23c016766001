// InputRounds: runs a method that may need input of the client, in the way of
// the request's era (input_required.h).
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

/// What one call of the method came to.
using Step = std::variant<Outcome, InputRequired>;

/// What a request is about: the same when it is repeated with more input.
struct Purpose {
  std::string_view method;
  std::string_view name;
  const nlohmann::json& arguments;
};

/// A request whose method may need input.
struct InputRounds {
  const nlohmann::json& params;
  protocol::Era era;
  Session& session;
  const ReplyOnce& reply;
  const ToolContext& context;
  /// To what a state is bound.
  Purpose purpose;

  /// The method, called once for each round.
  std::function<Step(const ToolContext&)> run;
  /// How it answers when the client cannot be asked.
  std::function<Outcome(const Error&)> fail;
};

Outcome RunRounds(const InputRounds& rounds, const RequestState& seal,
                  const ServerInfo& info);

}  // namespace pmcp::server
