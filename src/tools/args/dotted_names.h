// QuoteDottedNames: accepts label names with dots as list_labels shows them,
// where PromQL wants quotes.
#pragma once

#include <string>
#include <string_view>

namespace pmcp::tools {

/// `k8s.pod.name="a", b="c.d"` becomes `"k8s.pod.name"="a", b="c.d"`. Names in
/// quotes, values, and text that is no selector stay as they are.
std::string QuoteDottedNames(std::string_view selector);

}  // namespace pmcp::tools
