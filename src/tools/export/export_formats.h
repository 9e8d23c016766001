// Formats of stacks that other programs read. Pure.
#pragma once

#include <string>
#include <string_view>

#include "profile/stacks/stack_tree.h"
#include "profile/words/profile_type.h"

namespace pmcp::tools {

/// Collapsed stacks, as flamegraph.pl and most viewers read them: a line
/// "main;serve;json 120" for each node with a self, sorted. Semicolons in names
/// become colons, and names are made safe (base/sanitize.h).
std::string ToCollapsed(const profile::StackTree& tree);

/// A file of speedscope (its file-format-schema.json): one profile of the type
/// "sampled", a sample for each node with a self, heaviest paths together.
std::string ToSpeedscope(const profile::StackTree& tree,
                         const profile::ProfileType& type,
                         std::string_view name);

}  // namespace pmcp::tools
