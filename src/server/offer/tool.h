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
#include <vector>

#include "base/error.h"
#include "server/offer/input_required.h"
#include "server/offer/tool_context.h"
#include "server/words/content.h"

namespace pmcp::server {

/// The outcome of one call: text for the model, the same facts as JSON when
/// they were asked for, or the error that the tool ended with.
struct ToolResult {
  std::string text;
  /// A JSON object as text ("" when there is none), sent as
  /// structuredContent. Kept serialised: it is written once, and never read.
  std::string structured;
  /// Set when the call failed: `text` is its message and hint then.
  std::optional<ErrorKind> error;

  /// What follows the text, or stands alone when that is empty.
  std::vector<Content> content = {};
  /// Set when the tool must ask the client before it can go on; the rest is
  /// not sent then.
  std::optional<InputRequired> input_required = {};
  /// Capabilities that the client must have and does not declare, as the names
  /// of ToolContext::ClientSupports; the rest is not sent then.
  std::vector<std::string> missing_capabilities = {};
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
  /// For a schema that says more than InputSchema understands: `run` gets the
  /// arguments as they came, and checks them.
  bool checks_arguments = false;
};

/// "message" and, on a line of its own, the hint.
ToolResult ErrorResult(const Error& error);

}  // namespace pmcp::server
