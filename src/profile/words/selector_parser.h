// ParseMatchers: the matchers of a PromQL metric selector, by Prometheus'
// grammar (docs/pyroscope-behavior.md, "Label selectors").
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "profile/words/selector.h"

namespace pmcp::profile {

Result<std::vector<Matcher>> ParseMatchers(std::string_view text);

/// `[a-zA-Z_][a-zA-Z0-9_]*`: what needs no quotes on the left of an operator.
bool IsPlainLabelName(std::string_view name);

}  // namespace pmcp::profile
