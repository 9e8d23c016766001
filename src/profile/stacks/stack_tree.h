// StackTree: call stacks merged by their common callers, the data of a flame
// graph.
//
// main;serve;json 30, main;serve 10 and main;gc 5 become (self, total):
//
//   root (0, 45) ── main (0, 45) ─┬─ gc (5, 5)
//                                 └─ serve (10, 40) ── json (30, 30)
//
// Children of a node have different names. The root is node 0 and has no name,
// so a function may be called "total" or "other". Not thread-safe while it
// grows.
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
  /// and to the total of every node on the way. Does nothing if `frames` is
  /// empty: Pyroscope drops samples without a stack from its trees.
  void AddStack(std::span<const StringId> frames, std::int64_t value);
  /// The child of `parent` called `name`; adds it if there is none.
  NodeId Child(NodeId parent, StringId name);
  /// Adds a child without a search; `parent` has no child of that name yet. The
  /// index that Child searches is updated by the next call of Child.
  NodeId Append(NodeId parent, StringId name);
  /// Reserves memory for `nodes` nodes.
  void Reserve(std::size_t nodes) { nodes_.reserve(nodes); }
  /// Adds to the self of `node` and to the totals from there to the root.
  void AddSelf(NodeId node, std::int64_t value);
  /// Adds to the self of `node` alone, for building a whole tree at once.
  /// Totals are valid again after SumTotals, which visits each node once.
  void AddOwnSelf(NodeId node, std::int64_t value);
  void SumTotals();

  /// Nodes, including the root. Node ids are given in the order of creation, so
  /// parents come before children.
  std::size_t size() const { return nodes_.size(); }
  StringId name(NodeId node) const { return nodes_[node].name; }
  NodeId parent(NodeId node) const { return nodes_[node].parent; }
  std::int64_t self(NodeId node) const { return nodes_[node].self; }
  std::int64_t total(NodeId node) const { return nodes_[node].total; }
  /// The total of all stacks.
  std::int64_t total() const { return nodes_[kRoot].total; }

  /// Sorted by name in byte order: the order of a flame graph.
  std::vector<NodeId> ChildrenByName(NodeId node) const;

 private:
  struct Node {
    StringId name = 0;
    NodeId parent = 0;
    NodeId first_child = 0;  // 0: none; the root is no child
    NodeId next_sibling = 0;
    std::int64_t self = 0;
    std::int64_t total = 0;
  };
  void IndexNewNodes();
  std::size_t SlotOf(NodeId parent, StringId name) const;

  StringTable names_;
  std::vector<Node> nodes_;
  // A hash table with open addressing by (parent, name): node id, or 0 for a
  // free slot. Holds the nodes below indexed_ except the root.
  std::vector<NodeId> slots_;
  std::size_t indexed_ = 1;
};

}  // namespace pmcp::profile
