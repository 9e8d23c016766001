#include "server/offer/tool.h"

namespace pmcp::server {

ToolResult ErrorResult(const Error& error) {
  std::string text = error.message;
  if (!error.hint.empty()) text += "\n" + error.hint;
  return {.text = std::move(text), .structured = {}, .error = error.kind};
}

}  // namespace pmcp::server
