// The trees in recorded answers, in the two encodings that Pyroscope has.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/result.h"
#include "profile/stacks/stack_tree.h"

namespace pmcp::oracle {

/// A FlameGraph message in JSON (docs/pyroscope-behavior.md, "Flame graph
/// format"): per level [offset, total, self, name]*, where an offset counts
/// from the end of the node before. An error when its totals do not add up.
Result<profile::StackTree> DecodeFlamegraph(const nlohmann::json& flamegraph);

/// The bytes of PROFILE_FORMAT_TREE in base64 (docs/pyroscope-behavior.md,
/// "Tree format"): nodes in pre-order as name length, name, self and count of
/// children; the last child first.
Result<profile::StackTree> DecodeTree(std::string_view base64);

}  // namespace pmcp::oracle
