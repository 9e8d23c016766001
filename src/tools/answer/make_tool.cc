#include "tools/answer/make_tool.h"

#include "base/sanitize.h"

namespace pmcp::tools {

void SanitizeStrings(nlohmann::json& value) {
  if (value.is_string()) {
    value = Sanitize(value.get_ref<const std::string&>());
  } else if (value.is_structured()) {
    for (auto& item : value) SanitizeStrings(item);
  }
}

server::ToolResult JsonResult(nlohmann::json value) {
  SanitizeStrings(value);
  const std::string text = value.dump();
  return {.text = text, .structured = text};
}

server::ToolResult TextResult(const Document& document) {
  return {.text = document.ToText()};
}

}  // namespace pmcp::tools
