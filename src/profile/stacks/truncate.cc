#include "profile/stacks/truncate.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

// How a function that is called "other" itself is treated.
enum class RealOther {
  kReplacesCut,  // as any function; if kept, it takes the place of the leaf
  kTakesCut,     // always kept, and the cut values are added to it
  kIsCut,        // always cut
};

// Copies a tree without the nodes below a threshold.
class Truncation {
 public:
  Truncation(const StackTree& tree, std::int64_t threshold, RealOther rule)
      : tree_(tree),
        threshold_(threshold),
        rule_(rule),
        copy_of_(tree.size(), kCut),
        cut_(tree.size(), 0) {}

  StackTree Run() {
    copy_of_[StackTree::kRoot] = StackTree::kRoot;
    // Parents come before children, so one loop is enough for any depth.
    for (NodeId node = 1; node < tree_.size(); ++node) {
      const NodeId parent = tree_.parent(node);
      if (copy_of_[parent] == kCut) continue;  // counted with the parent
      if (Stays(node)) {
        Copy(node);
      } else {
        cut_[parent] = WrappingAdd(cut_[parent], tree_.total(node));
      }
    }
    AddCutLeaves();
    return std::move(out_);
  }

 private:
  // No node of a copy has this id.
  static constexpr NodeId kCut = ~NodeId{0};

  bool IsOther(NodeId node) const {
    return tree_.names()[tree_.name(node)] == kCutName;
  }

  bool Stays(NodeId node) const {
    if (rule_ != RealOther::kReplacesCut && IsOther(node)) {
      return rule_ == RealOther::kTakesCut;
    }
    return tree_.total(node) >= threshold_;
  }

  void Copy(NodeId node) {
    const StringId name = out_.names().Intern(tree_.names()[tree_.name(node)]);
    const NodeId copy = out_.Child(copy_of_[tree_.parent(node)], name);
    out_.AddSelf(copy, tree_.self(node));
    copy_of_[node] = copy;
  }

  void AddCutLeaves() {
    const StringId other = out_.names().Intern(kCutName);
    for (NodeId node = 0; node < tree_.size(); ++node) {
      if (cut_[node] == 0) continue;
      const std::size_t size_before = out_.size();
      const NodeId leaf = out_.Child(copy_of_[node], other);
      const bool is_real = out_.size() == size_before;
      if (is_real && rule_ == RealOther::kReplacesCut) continue;
      out_.AddSelf(leaf, cut_[node]);
    }
  }

  const StackTree& tree_;
  const std::int64_t threshold_;
  const RealOther rule_;
  StackTree out_;
  std::vector<NodeId> copy_of_;    // in out_
  std::vector<std::int64_t> cut_;  // total of the children that were cut
};

}  // namespace

std::int64_t TruncationThreshold(std::vector<std::int64_t> totals,
                                 std::int64_t max_nodes) {
  if (max_nodes < 1 || std::cmp_less_equal(totals.size(), max_nodes)) return 0;
  const auto last_kept = totals.begin() + (max_nodes - 1);
  std::nth_element(totals.begin(), last_kept, totals.end(), std::greater());
  return *last_kept;
}

std::int64_t TruncationThreshold(const StackTree& tree,
                                 std::int64_t max_nodes) {
  std::vector<std::int64_t> totals;
  totals.reserve(tree.size());
  for (NodeId node = 1; node < tree.size(); ++node) {
    totals.push_back(tree.total(node));
  }
  return TruncationThreshold(std::move(totals), max_nodes);
}

StackTree TruncateStored(const StackTree& tree, std::int64_t max_nodes) {
  return Truncation(tree, TruncationThreshold(tree, max_nodes),
                    RealOther::kReplacesCut)
      .Run();
}

StackTree TruncateSent(const StackTree& tree, std::int64_t max_nodes) {
  return Truncation(tree, TruncationThreshold(tree, max_nodes),
                    RealOther::kTakesCut)
      .Run();
}

StackTree TruncateDrawn(const StackTree& tree, std::int64_t max_nodes) {
  return Truncation(tree, TruncationThreshold(tree, max_nodes),
                    RealOther::kIsCut)
      .Run();
}

}  // namespace pmcp::profile
