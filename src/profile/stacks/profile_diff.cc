#include "profile/stacks/profile_diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "profile/stacks/truncate.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

// The values of one node in one of the two trees.
struct Cost {
  std::int64_t self = 0;
  std::int64_t total = 0;
};

// Both trees merged by name. `shape` has a node for every node of either tree,
// and its own values are not used: `left` and `right` have those of the sides.
struct Union {
  StackTree shape;
  std::vector<Cost> left;
  std::vector<Cost> right;

  std::int64_t LargerTotal(NodeId node) const {
    return std::max(left[node].total, right[node].total);
  }
};

void AddSide(const StackTree& tree, StackTree& shape,
             std::vector<Cost>& costs) {
  std::vector<NodeId> place(tree.size());  // in `shape`
  for (NodeId node = 0; node < tree.size(); ++node) {
    if (node != StackTree::kRoot) {
      const StringId name = shape.names().Intern(tree.names()[tree.name(node)]);
      place[node] = shape.Child(place[tree.parent(node)], name);
    }
    costs.resize(shape.size());
    costs[place[node]] = {tree.self(node), tree.total(node)};
  }
}

Union MakeUnion(const StackTree& left, const StackTree& right) {
  Union both;
  AddSide(left, both.shape, both.left);
  AddSide(right, both.shape, both.right);
  both.left.resize(both.shape.size());
  both.right.resize(both.shape.size());
  return both;
}

// Unlike the threshold of one tree, this one counts the root. A node counts
// with the larger of its two totals.
std::int64_t ThresholdOf(const Union& both, std::int64_t max_nodes) {
  std::vector<std::int64_t> totals;
  totals.reserve(both.shape.size());
  for (NodeId node = 0; node < both.shape.size(); ++node) {
    totals.push_back(both.LargerTotal(node));
  }
  return TruncationThreshold(std::move(totals), max_nodes);
}

// Writes a union in pre-order, without the nodes below the threshold.
class DiffWriter {
 public:
  DiffWriter(const Union& both, std::int64_t threshold)
      : both_(both), threshold_(threshold) {}

  DiffTree Write() {
    // Iterative: recursion could exceed the program's stack on a deep profile.
    Push(StackTree::kRoot, 0);
    while (!pending_.empty()) {
      const Pending next = std::move(pending_.back());
      pending_.pop_back();
      const auto index = static_cast<std::uint32_t>(out_.nodes.size());
      out_.nodes.push_back(next.node);
      if (!next.is_cut) PushChildren(next.source, index);
    }
    return std::move(out_);
  }

 private:
  struct Pending {
    DiffNode node;
    NodeId source = 0;
    bool is_cut = false;  // the leaf "other" in place of cut nodes
  };

  void Push(NodeId source, std::uint32_t parent) {
    const std::string_view name =
        source == StackTree::kRoot
            ? std::string_view()
            : both_.shape.names()[both_.shape.name(source)];
    const Cost& left = both_.left[source];
    const Cost& right = both_.right[source];
    pending_.push_back({.node = {std::string(name), parent, left.self,
                                 left.total, right.self, right.total},
                        .source = source});
  }

  // In reverse order, as the last one pushed is the first one popped.
  void PushChildren(NodeId source, std::uint32_t parent) {
    const std::vector<NodeId> children = both_.shape.ChildrenByName(source);
    PushCut(children, parent);
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      if (Stays(*child)) Push(*child, parent);
    }
  }

  void PushCut(std::span<const NodeId> children, std::uint32_t parent) {
    std::int64_t left = 0;
    std::int64_t right = 0;
    for (const NodeId child : children) {
      if (Stays(child)) continue;
      left = WrappingAdd(left, both_.left[child].total);
      right = WrappingAdd(right, both_.right[child].total);
    }
    if (left == 0 && right == 0) return;
    pending_.push_back(
        {.node = {std::string(kCutName), parent, left, left, right, right},
         .is_cut = true});
  }

  bool Stays(NodeId node) const {
    return both_.LargerTotal(node) >= threshold_;
  }

  const Union& both_;
  const std::int64_t threshold_;
  std::vector<Pending> pending_;
  DiffTree out_;
};

bool HasNegativeSelf(const StackTree& tree) {
  for (NodeId node = 0; node < tree.size(); ++node) {
    if (tree.self(node) < 0) return true;
  }
  return false;
}

Error NegativeSide(std::string_view side) {
  return InvalidArgument(
      fmt::format("the {} profile has negative values", side),
      "Compare profiles as they were recorded, not differences of profiles.");
}

}  // namespace

Result<DiffTree> DiffTrees(const StackTree& left, const StackTree& right,
                           std::int64_t max_nodes) {
  if (HasNegativeSelf(left)) return NegativeSide("left");
  if (HasNegativeSelf(right)) return NegativeSide("right");
  const Union both = MakeUnion(left, right);
  return DiffWriter(both, ThresholdOf(both, max_nodes)).Write();
}

}  // namespace pmcp::profile
