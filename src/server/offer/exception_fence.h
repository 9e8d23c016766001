// Catches exceptions of code that is registered with the server. Such code must
// not throw; if it or a library below it does, the request gets an internal
// error, and the details are logged.
#pragma once

#include <exception>
#include <utility>

#include "base/error.h"
#include "server/offer/tool_context.h"

namespace pmcp::server {

/// Logs `what`. Returns a kInternal error that names the request only.
Error InternalError(const ToolContext& context, std::string_view what);

/// Returns run(), or broken(error) if run() throws.
template <typename Run, typename Broken>
auto CatchExceptions(const ToolContext& context, const Run& run,
                     const Broken& broken) -> decltype(run()) {
  try {
    return run();
  } catch (const std::exception& e) {
    return broken(InternalError(context, e.what()));
  } catch (...) {
    return broken(InternalError(context, "an exception of unknown type"));
  }
}

}  // namespace pmcp::server
