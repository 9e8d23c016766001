// Collapsed stacks: `main;serve;json 30` a line, root first. How tests write
// stacks down, and how they read trees and rankings.
#pragma once

#include <string>
#include <string_view>

#include "profile/stacks/stack_tree.h"
#include "profile/stacks/stacks.h"
#include "profile/stacks/top_functions.h"

namespace pmcp::test {

/// One stack a line; blank lines and blanks at both ends do not count.
profile::StackTree TreeFromCollapsed(std::string_view text);
profile::Stacks FromCollapsed(std::string_view text);

/// One node a line in the order of a flame graph: indented by its depth, with
/// self and total. Without the root.
std::string ToText(const profile::StackTree& tree);

/// The rows as a table: self, total, function.
std::string ToText(const profile::TopFunctionsResult& result);

}  // namespace pmcp::test
