#include "tests/support/diff_text.h"

#include <fmt/core.h>

#include <vector>

namespace pmcp::test {

std::string ToText(const profile::DiffTree& diff) {
  std::string text;
  std::vector<int> depths;
  for (const profile::DiffNode& node : diff.nodes) {
    const bool is_root = depths.empty();
    depths.push_back(is_root ? 0 : depths[node.parent] + 1);
    text += fmt::format("{:{}}{} {} {} | {} {}\n", "", 2 * depths.back(),
                        is_root ? "total" : node.name, node.left_self,
                        node.left_total, node.right_self, node.right_total);
  }
  return text;
}

}  // namespace pmcp::test
