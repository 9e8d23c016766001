// MakeTool: combines the parts of a tool file (Args, Run, Render) and its
// schema into a server::Tool. The only place that decodes arguments and that
// writes an answer as text or JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/offer/tool.h"
#include "tools/answer/document.h"
#include "tools/args/deps.h"
#include "tools/args/question_args.h"

namespace pmcp::tools {

/// Sanitizes every string in `value` (base/sanitize.h).
void SanitizeStrings(nlohmann::json& value);

/// The answer of a tool as JSON, both as text and as structured content.
server::ToolResult JsonResult(nlohmann::json value);

/// The answer of a tool as text.
server::ToolResult TextResult(const Document& document);

/// `args` as one JSON object: the fields of Args, and those of the question
/// that it may derive from.
template <typename Args>
nlohmann::json WriteArgs(const Args& args) {
  nlohmann::json json = args;
  if constexpr (requires { typename Args::Question; }) {
    to_json(json, static_cast<const typename Args::Question&>(args));
  }
  return json;
}

/// The reverse of WriteArgs; throws what nlohmann::json throws.
template <typename Args>
Args ReadArgs(const nlohmann::json& json) {
  Args args = json.get<Args>();
  if constexpr (requires { typename Args::Question; }) {
    from_json(json, static_cast<typename Args::Question&>(args));
  }
  return args;
}

template <typename Args, typename Output>
using RunFunction = Result<Output> (*)(const Args&, const Deps&,
                                       const server::ToolContext&);
template <typename Output>
using RenderFunction = Document (*)(const Output&);

/// `Args` has a field `format`, and `Output` has a `to_json`. The schema check
/// runs before, so decoding fails only if Args and the schema differ; the
/// exception then becomes an internal error (server/offer/exception_fence.h).
template <typename Args, typename Output>
server::Tool MakeTool(std::string_view schema, const Deps& deps,
                      RunFunction<Args, Output> run,
                      RenderFunction<Output> render) {
  return {.declaration = schema,
          .run =
              [deps, run, render](const nlohmann::json& arguments,
                                  const server::ToolContext& context) {
                const Args args = ReadArgs<Args>(arguments);
                const Result<Output> output = run(args, deps, context);
                if (!output.ok()) return server::ErrorResult(output.error());
                if (args.format == "json") return JsonResult(*output);
                return TextResult(render(*output));
              },
          .default_arguments = WriteArgs(Args{}).dump()};
}

}  // namespace pmcp::tools
