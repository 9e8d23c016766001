// StackTree: call stacks merged by their common callers, a flame graph's data.
//
// main;serve;json 30, main;serve 10 and main;gc 5 become (self, total):
//
//   root (0, 45) ── main (0, 45) ─┬─ gc (5, 5)
//                                 └─ serve (10, 40) ── json (30, 30)
//
// Children of a node have different names. The root (node 0) is known by its
// place, not by its name; a function may well be called "total" or "other".
// Not thread-safe while it grows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "profile/words/string_table.h"

namespace pmcp::profile {

using NodeId = std::uint32_t;

class StackTree {
 public:
  static constexpr NodeId kRoot = 0;

  StackTree();

  /// `names` is the table that the ids of AddStack come from.
  StringTable& names() { return names_; }
  const StringTable& names() const { return names_; }

  /// Adds `value` to the self of the node at the end of `frames` (root first)
  /// and to the total of every node on the way. No frames: nothing happens,
  /// as Pyroscope drops samples without a stack from its trees.
  void AddStack(std::span<const StringId> frames, std::int64_t value);
  /// The child of `parent` called `name`, made when it is not there.
  NodeId Child(NodeId parent, StringId name);
  /// A new child, without a look for an equal one, which must not be there.
  /// The index behind Child is built when that is called.
  NodeId Append(NodeId parent, StringId name);
  /// Room for `nodes` of them, when that is known.
  void Reserve(std::size_t nodes) { nodes_.reserve(nodes); }
  /// Adds to the self of `node` and to the totals from there to the root.
  void AddSelf(NodeId node, std::int64_t value);
  /// For a tree that comes as a whole: adds to the self of `node` alone. Totals
  /// hold again after SumTotals, which takes one step a node.
  void AddOwnSelf(NodeId node, std::int64_t value);
  void SumTotals();

  /// Nodes in the order of their making: parents come before children. The
  /// root is one of them.
  std::size_t size() const { return nodes_.size(); }
  StringId name(NodeId node) const { return nodes_[node].name; }
  NodeId parent(NodeId node) const { return nodes_[node].parent; }
  std::int64_t self(NodeId node) const { return nodes_[node].self; }
  std::int64_t total(NodeId node) const { return nodes_[node].total; }
  /// Of all stacks.
  std::int64_t total() const { return nodes_[kRoot].total; }

  /// Sorted by name in byte order: the order of a flame graph.
  std::vector<NodeId> ChildrenByName(NodeId node) const;

 private:
  struct Node {
    StringId name = 0;
    NodeId parent = 0;
    NodeId first_child = 0;  // 0: none, as the root is nobody's child
    NodeId next_sibling = 0;
    std::int64_t self = 0;
    std::int64_t total = 0;
  };
  void IndexNewNodes();
  std::size_t SlotOf(NodeId parent, StringId name) const;

  StringTable names_;
  std::vector<Node> nodes_;
  // Open addressing over (parent, name): node id, or 0 for a free slot. Holds
  // the nodes before indexed_, without the root.
  std::vector<NodeId> slots_;
  std::size_t indexed_ = 1;
};

}  // namespace pmcp::profile
