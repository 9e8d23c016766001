#include "server/offer/exception_fence.h"

#include <fmt/core.h>

#include "base/log.h"

namespace pmcp::server {

Error InternalError(const ToolContext& context, std::string_view what) {
  log::Log(log::Level::kError, "{}: {}", context.request_label(), what);
  return {
      ErrorKind::kInternal,
      fmt::format("internal error in request {}", context.request_label()),
      "Look for this request in the server's log, and report what it says."};
}

}  // namespace pmcp::server
