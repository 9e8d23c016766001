#include "profile/stacks/stack_tree.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/check.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

constexpr std::size_t kFirstSlots = 64;

// The finalizer of splitmix64. It spreads consecutive keys over the table,
// which keeps probe sequences short.
std::size_t HashOf(NodeId parent, StringId name) {
  std::uint64_t key = (std::uint64_t{parent} << 32) | name;
  key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
  key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
  return key ^ (key >> 31);
}

}  // namespace

StackTree::StackTree() : nodes_(1), slots_(kFirstSlots, 0) {}

void StackTree::AddStack(std::span<const StringId> frames, std::int64_t value) {
  if (frames.empty()) return;
  NodeId node = kRoot;
  for (const StringId name : frames) node = Child(node, name);
  AddSelf(node, value);
}

NodeId StackTree::Child(NodeId parent, StringId name) {
  IndexNewNodes();
  const std::size_t slot = SlotOf(parent, name);
  if (slots_[slot] != 0) return slots_[slot];
  const NodeId child = Append(parent, name);
  slots_[slot] = child;
  indexed_ = nodes_.size();
  return child;
}

NodeId StackTree::Append(NodeId parent, StringId name) {
  const auto child = static_cast<NodeId>(nodes_.size());
  PMCP_CHECK(child == nodes_.size());
  Node& above = nodes_[parent];
  const NodeId sibling = std::exchange(above.first_child, child);
  nodes_.push_back({.name = name, .parent = parent, .next_sibling = sibling});
  return child;
}

void StackTree::AddSelf(NodeId node, std::int64_t value) {
  nodes_[node].self = WrappingAdd(nodes_[node].self, value);
  while (true) {
    nodes_[node].total = WrappingAdd(nodes_[node].total, value);
    if (node == kRoot) return;
    node = nodes_[node].parent;
  }
}

void StackTree::AddOwnSelf(NodeId node, std::int64_t value) {
  nodes_[node].self = WrappingAdd(nodes_[node].self, value);
}

void StackTree::SumTotals() {
  for (Node& node : nodes_) node.total = node.self;
  // Children come after their parents.
  for (std::size_t i = nodes_.size() - 1; i > 0; --i) {
    Node& parent = nodes_[nodes_[i].parent];
    parent.total = WrappingAdd(parent.total, nodes_[i].total);
  }
}

std::vector<NodeId> StackTree::ChildrenByName(NodeId node) const {
  std::vector<NodeId> children;
  for (NodeId child = nodes_[node].first_child; child != 0;
       child = nodes_[child].next_sibling) {
    children.push_back(child);
  }
  std::sort(children.begin(), children.end(), [&](NodeId a, NodeId b) {
    return names_[name(a)] < names_[name(b)];
  });
  return children;
}

// The slot that holds the child, or the free slot where it belongs.
std::size_t StackTree::SlotOf(NodeId parent, StringId name) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = HashOf(parent, name) & mask;
  while (slots_[slot] != 0) {
    const Node& node = nodes_[slots_[slot]];
    if (node.parent == parent && node.name == name) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

// Adds the nodes that Append did not index. Afterwards at least half of the
// slots are free.
void StackTree::IndexNewNodes() {
  if (2 * nodes_.size() > slots_.size()) {
    slots_.assign(std::bit_ceil(2 * nodes_.size() + 1), 0);
    indexed_ = 1;
  }
  for (; indexed_ < nodes_.size(); ++indexed_) {
    const Node& node = nodes_[indexed_];
    slots_[SlotOf(node.parent, node.name)] = static_cast<NodeId>(indexed_);
  }
}

}  // namespace pmcp::profile
