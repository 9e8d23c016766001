// Tool: what the server knows of one tool. A declaration that the client
// sees, and a function from checked arguments to a result.
//
// The function is called from any worker thread, also several times at once;
// it must not throw and must look at the context's CallContext as it works.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/call_context.h"
#include "base/error.h"

namespace pmcp::server {

/// What a tool sees of the request that called it.
class ToolContext {
 public:
  ToolContext(CallContext call, std::string request_label)
      : call_(std::move(call)), request_label_(std::move(request_label)) {}

  const CallContext& call() const { return call_; }
  /// How the log names this request; part of the text of an internal error.
  const std::string& request_label() const { return request_label_; }

 private:
  CallContext call_;
  std::string request_label_;
};

/// The outcome of one call: text for the model, the same facts as JSON when
/// they were asked for, or the error that the tool ended with.
struct ToolResult {
  std::string text;
  /// A JSON object as text ("" when there is none), sent as
  /// structuredContent. Kept serialised: it is written once, and never read.
  std::string structured;
  /// Set when the call failed: `text` is its message and hint then.
  std::optional<ErrorKind> error;
};

/// Arguments have passed the schema check and hold every default.
using ToolFunction = std::function<ToolResult(const nlohmann::json& arguments,
                                              const ToolContext& context)>;

struct Tool {
  /// The object that tools/list sends, as JSON text that outlives the server
  /// (an embedded schema file). Its "name" is the tool's name.
  std::string_view declaration;
  ToolFunction run;
  /// The arguments of a call that gives none, as JSON: what the code believes
  /// the schema's defaults to be. Read by tests only; "" when not known.
  std::string default_arguments;
};

/// "message" and, on a line of its own, the hint.
ToolResult ErrorResult(const Error& error);

}  // namespace pmcp::server
