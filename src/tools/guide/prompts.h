// The product's prompts: guided investigations that a person starts, each a
// text that tells a model which tools to call in which order. Name, title and
// arguments are prompts/NAME.json as clients get them; the text is
// prompts/NAME.md.
#pragma once

#include <vector>

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// In the order of their names. `deps` outlives them.
std::vector<server::Prompt> AllPrompts(const Deps& deps);

}  // namespace pmcp::tools
