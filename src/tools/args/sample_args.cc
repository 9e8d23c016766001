#include "tools/args/sample_args.h"

#include <fmt/core.h>

#include "base/text.h"

namespace pmcp::tools {

void AppendPart(std::string_view name, std::string_view value,
                std::string& text) {
  if (value.empty()) return;
  text += fmt::format("{}{} {}", text.empty() ? "" : "; ", name, value);
}

std::string DescribeSamples(const source::SampleSelectionTexts& texts) {
  std::string text;
  AppendPart("call site", Join(texts.call_site, " > "), text);
  AppendPart("span", Join(texts.span_ids, ", "), text);
  AppendPart("trace", Join(texts.trace_ids, ", "), text);
  AppendPart("profile", Join(texts.profile_ids, ", "), text);
  return text;
}

}  // namespace pmcp::tools
