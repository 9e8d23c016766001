#include "tests/support/collapsed.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "base/text.h"

namespace pmcp::test {
namespace {

using profile::NodeId;
using profile::StackTree;
using profile::StringId;

void AddLine(std::string_view line, StackTree& tree) {
  const std::size_t space = line.rfind(' ');
  const auto value = ParseInt64(line.substr(space + 1));
  PMCP_CHECK(space != std::string_view::npos && value);
  std::string_view names = Trim(line.substr(0, space));
  std::vector<StringId> frames;
  while (true) {
    const std::size_t end = std::min(names.find(';'), names.size());
    frames.push_back(tree.names().Intern(names.substr(0, end)));
    if (end == names.size()) break;
    names.remove_prefix(end + 1);
  }
  tree.AddStack(frames, *value);
}

void AppendNode(const StackTree& tree, NodeId node, std::size_t depth,
                std::string& text) {
  for (const NodeId child : tree.ChildrenByName(node)) {
    text += fmt::format("{:{}}{} {} {}\n", "", 2 * depth,
                        tree.names()[tree.name(child)], tree.self(child),
                        tree.total(child));
    AppendNode(tree, child, depth + 1, text);
  }
}

}  // namespace

StackTree TreeFromCollapsed(std::string_view text) {
  StackTree tree;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    if (!line.empty()) AddLine(line, tree);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tree;
}

profile::Stacks FromCollapsed(std::string_view text) {
  profile::Stacks stacks;
  stacks.AddTree(TreeFromCollapsed(text));
  return stacks;
}

std::string ToText(const StackTree& tree) {
  std::string text;
  AppendNode(tree, StackTree::kRoot, 0, text);
  return text;
}

std::string ToText(const profile::TopFunctionsResult& result) {
  std::string text = "self total function\n";
  for (const profile::FunctionRow& row : result.rows) {
    text += fmt::format("{:>4} {:>5} {}\n", row.self, row.total, row.name);
  }
  return text;
}

}  // namespace pmcp::test
