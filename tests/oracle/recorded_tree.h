// Decodes the trees in recorded answers, in Pyroscope's two encodings.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/result.h"
#include "profile/stacks/stack_tree.h"

namespace pmcp::oracle {

/// Decodes a FlameGraph message in JSON (docs/pyroscope-behavior.md, "Flame
/// graph format"): for each level [offset, total, self, name]*, where an offset
/// counts from the end of the previous node. Fails if its totals are
/// inconsistent.
Result<profile::StackTree> DecodeFlamegraph(const nlohmann::json& flamegraph);

/// Decodes the bytes of PROFILE_FORMAT_TREE in base64
/// (docs/pyroscope-behavior.md, "Tree format"): nodes in pre-order, each as
/// name length, name, self and number of children; the last child comes first.
Result<profile::StackTree> DecodeTree(std::string_view base64);

}  // namespace pmcp::oracle
