// The product's prompts: guided investigations that a user starts. The text of
// a prompt tells the model which tools to call in which order.
// prompts/NAME.json declares name, title and arguments; prompts/NAME.md is the
// text.
#pragma once

#include <vector>

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// All prompts, sorted by name. What `deps` refers to outlives them.
std::vector<server::Prompt> AllPrompts(const Deps& deps);

}  // namespace pmcp::tools
