#include "tests/support/random_tree.h"

#include <vector>

namespace pmcp::test {

profile::StackTree RandomTree(SplitMix64& random,
                              std::span<const std::string_view> names) {
  profile::StackTree tree;
  for (std::size_t stacks = random.Below(31); stacks > 0; --stacks) {
    std::vector<profile::StringId> frames;
    for (std::size_t depth = 1 + random.Below(6); depth > 0; --depth) {
      frames.push_back(tree.names().Intern(names[random.Below(names.size())]));
    }
    tree.AddStack(frames, static_cast<std::int64_t>(1 + random.Below(50)));
  }
  return tree;
}

}  // namespace pmcp::test
