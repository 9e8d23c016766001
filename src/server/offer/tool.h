// Tool: one tool of a server: the declaration that clients see, and a function
// from checked arguments to a result.
//
// Worker threads call the function, also several at once. It must not throw,
// and must check the CallContext of its context while it works.
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

/// The result of one call: text for the model, the same facts as JSON if the
/// caller asked for it, or an error.
struct ToolResult {
  std::string text;
  /// A JSON object as text, sent as structuredContent; "" for none. Serialised,
  /// since nothing reads it before it is sent.
  std::string structured;
  /// Set if the call failed; `text` is then the message and the hint.
  std::optional<ErrorKind> error;

  /// Follows the text; without a text it is the whole content.
  std::vector<Content> content = {};
  /// Set if the tool needs input of the client; the other members are then not
  /// sent.
  std::optional<InputRequired> input_required = {};
  /// Capabilities that the client lacks, as the names of
  /// ToolContext::ClientSupports; if any, the other members are not sent.
  std::vector<std::string> missing_capabilities = {};
};

/// The arguments have passed the schema check and contain all defaults.
using ToolFunction = std::function<ToolResult(const nlohmann::json& arguments,
                                              const ToolContext& context)>;

struct Tool {
  /// The object that tools/list sends, as JSON text that outlives the server
  /// (an embedded schema file). Its "name" is the tool's name.
  std::string_view declaration;
  ToolFunction run;
  /// The defaults of the code, as JSON. Tests compare them with the defaults of
  /// the schema; "" if not known.
  std::string default_arguments;
  /// For a schema that InputSchema does not support: `run` gets the arguments
  /// unchecked and checks them itself.
  bool checks_arguments = false;
};

/// Makes a failed result: the message and, on the next line, the hint.
ToolResult ErrorResult(const Error& error);

}  // namespace pmcp::server
