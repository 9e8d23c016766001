// Fence: the last one around code that is registered with the server. Such code
// must not throw; when it does, or a library under it, the request gets an
// answer and the log the details.
#pragma once

#include <exception>
#include <utility>

#include "base/error.h"
#include "server/offer/tool_context.h"

namespace pmcp::server {

/// Logs `what`; kInternal, which names the request and nothing else.
Error InternalError(const ToolContext& context, std::string_view what);

/// What `run` gives, or `broken` of an error when it throws.
template <typename Run, typename Broken>
auto Fenced(const ToolContext& context, const Run& run, const Broken& broken)
    -> decltype(run()) {
  try {
    return run();
  } catch (const std::exception& e) {
    return broken(InternalError(context, e.what()));
  } catch (...) {
    return broken(InternalError(context, "an exception of unknown type"));
  }
}

}  // namespace pmcp::server
