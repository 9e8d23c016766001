// ToolContext: what a tool, a prompt or a resource sees of the request that it
// answers, and what it can do for the client before it is done.
//
// Cheap to copy; kept as long as the call runs. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/call_context.h"
#include "server/offer/input_required.h"
#include "server/words/log_level.h"

namespace pmcp::server {

/// The way to the client of one request. Each may be empty.
struct ClientLink {
  std::function<void(LogLevel level, std::string_view text)> log;
  std::function<void()> close_stream;
  std::function<bool(std::string_view capability)> supports;
};

class ToolContext {
 public:
  /// Without `client` nobody hears what the tool says on the way: a command
  /// line, a test.
  ToolContext(CallContext call, std::string request_label,
              std::shared_ptr<const ClientLink> client = nullptr)
      : call_(std::move(call)),
        request_label_(std::move(request_label)),
        client_(std::move(client)) {}

  const CallContext& call() const { return call_; }
  /// How the log names this request; part of the text of an internal error.
  const std::string& request_label() const { return request_label_; }

  /// A line for the client's log; dropped unless it asked for this level. Not
  /// for secrets, nor for what belongs into the result.
  void Log(LogLevel level, std::string_view text) const {
    if (client_ && client_->log) client_->log(level, text);
  }
  /// Lets go of the connection while the work goes on, where that can be done:
  /// the client comes back for the answer.
  void CloseStream() const {
    if (client_ && client_->close_stream) client_->close_stream();
  }
  /// Whether the client declared "elicitation", "sampling", "roots", ….
  bool ClientSupports(std::string_view capability) const {
    return client_ && client_->supports && client_->supports(capability);
  }

  /// What the client answered to an InputRequired of an earlier call.
  const ClientInput& input() const { return input_; }
  ToolContext With(ClientInput input) const {
    ToolContext copy = *this;
    copy.input_ = std::move(input);
    return copy;
  }

 private:
  CallContext call_;
  std::string request_label_;
  /// Shared by the copies of one call's context.
  std::shared_ptr<const ClientLink> client_;
  ClientInput input_;
};

}  // namespace pmcp::server
