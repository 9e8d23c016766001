// ToolContext: the request that a tool, a prompt or a resource serves, and the
// ways to reach the client while it runs.
//
// Cheap to copy; must not be kept longer than the call runs. Thread-safe.
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

/// Functions that reach the client of one request. Each may be empty.
struct ClientLink {
  std::function<void(LogLevel level, std::string_view text)> log;
  std::function<void()> close_stream;
  std::function<bool(std::string_view capability)> supports;
};

class ToolContext {
 public:
  /// Without `client`, as on the command line, messages are dropped.
  ToolContext(CallContext call, std::string request_label,
              std::shared_ptr<const ClientLink> client = nullptr)
      : call_(std::move(call)),
        request_label_(std::move(request_label)),
        client_(std::move(client)) {}

  const CallContext& call() const { return call_; }
  /// The name of this request in the log and in internal errors.
  const std::string& request_label() const { return request_label_; }

  /// Sends a log message to the client, if it asked for this level. Must not
  /// contain secrets or parts of the result.
  void Log(LogLevel level, std::string_view text) const {
    if (client_ && client_->log) client_->log(level, text);
  }
  /// Closes the connection while the work continues, if the client can resume
  /// the stream to get the answer; otherwise does nothing.
  void CloseStream() const {
    if (client_ && client_->close_stream) client_->close_stream();
  }
  /// Whether the client declared "elicitation", "sampling", "roots", ….
  bool ClientSupports(std::string_view capability) const {
    return client_ && client_->supports && client_->supports(capability);
  }

  /// The client's answers to the InputRequired of the previous call.
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
