// DiffText: how tests read a diff.
#pragma once

#include <string>

#include "profile/stacks/profile_diff.h"

namespace pmcp::test {

/// One node a line in the order of the diff: indented by its depth, the name,
/// then self and total of the left side and of the right. The root is "total".
std::string ToText(const profile::DiffTree& diff);

}  // namespace pmcp::test
