// Decodes the two encodings that Pyroscope has for a tree of call stacks. Call
// inside ReadAnswer, which catches exceptions.
#pragma once

#include <string_view>

#include "profile/stacks/stack_tree.h"

namespace protozero {
class pbf_reader;
}

namespace pmcp::pyroscope {

class WireReader;

/// PROFILE_FORMAT_TREE (docs/pyroscope-behavior.md, "Tree format"). Fewer than
/// two bytes mean no stacks.
profile::StackTree ReadTree(std::string_view bytes, WireReader& reader);

/// A FlameGraph message (docs/pyroscope-behavior.md, "Flame graph format").
profile::StackTree ReadFlamegraph(protozero::pbf_reader message,
                                  WireReader& reader);

}  // namespace pmcp::pyroscope
