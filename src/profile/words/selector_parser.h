// ParseMatchers: parses the matchers of a PromQL metric selector by the grammar
// of Prometheus (docs/pyroscope-behavior.md, "Label selectors").
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "profile/words/selector.h"

namespace pmcp::profile {

Result<std::vector<Matcher>> ParseMatchers(std::string_view text);

/// Whether the name matches `[a-zA-Z_][a-zA-Z0-9_]*`, so that it needs no
/// quotes.
bool IsPlainLabelName(std::string_view name);

}  // namespace pmcp::profile
