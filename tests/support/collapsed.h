// Collapsed stacks, one per line, root first: `main;serve;json 30`. Tests write
// stacks in this notation, and compare trees and rankings as text.
#pragma once

#include <string>
#include <string_view>

#include "profile/stacks/stack_tree.h"
#include "profile/stacks/stacks.h"
#include "profile/stacks/top_functions.h"

namespace pmcp::test {

/// One stack per line. Blank lines, and blanks at both ends of a line, are
/// ignored.
profile::StackTree TreeFromCollapsed(std::string_view text);
profile::Stacks FromCollapsed(std::string_view text);

/// One line per node except the root, in the order of a flame graph: the name,
/// indented by its depth, self and total.
std::string ToText(const profile::StackTree& tree);

/// The ranking as a table: self, total, function.
std::string ToText(const profile::TopFunctionsResult& result);

}  // namespace pmcp::test
