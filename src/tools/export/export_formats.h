// Converts stacks to the file formats of other programs. Pure.
#pragma once

#include <string>
#include <string_view>

#include "profile/stacks/stack_tree.h"
#include "profile/words/profile_type.h"

namespace pmcp::tools {

/// Collapsed stacks, the input of flamegraph.pl and most viewers: one line such
/// as "main;serve;json 120" per node with a self value, sorted. Semicolons in
/// names become colons, and names are sanitized (base/sanitize.h).
std::string ToCollapsed(const profile::StackTree& tree);

/// A speedscope file (file-format-schema.json of speedscope): one profile of
/// type "sampled" with one sample per node with a self value, in the order of
/// the tree.
std::string ToSpeedscope(const profile::StackTree& tree,
                         const profile::ProfileType& type,
                         std::string_view name);

}  // namespace pmcp::tools
