#include "store/stack_budget.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::store {
namespace {

using profile::StringId;

/// The bytes of one node of a StackTree, including its share of the index.
constexpr std::size_t kBytesPerNode = 40;

/// The hash of the half of a stack next to the root.
std::uint32_t HashOfBeginning(std::span<const StringId> from_leaf) {
  const auto beginning = std::as_bytes(from_leaf.subspan(from_leaf.size() / 2));
  const std::string_view bytes(reinterpret_cast<const char*>(beginning.data()),
                               beginning.size());
  return static_cast<std::uint32_t>(HashBytes(bytes, 0));
}

/// A tree of a sample of the stacks, chosen by the hash of their beginnings, so
/// that they have as much in common as all stacks.
class SampleTree {
 public:
  /// `stacks` is the number of stacks that will be passed to Add.
  explicit SampleTree(std::size_t stacks)
      : largest_hash_(kMostStacks >= stacks
                          ? std::numeric_limits<std::uint32_t>::max()
                          : (kMostStacks << 32) / stacks) {}

  void Add(std::span<const StringId> from_leaf) {
    if (HashOfBeginning(from_leaf) > largest_hash_) return;
    frames_.assign(from_leaf.rbegin(), from_leaf.rend());
    tree_.AddStack(frames_, 1);
    ++stacks_;
  }

  std::size_t stacks() const { return stacks_; }
  std::size_t nodes() const { return tree_.size(); }

 private:
  static constexpr std::size_t kMostStacks = std::size_t{1} << 16;  // about

  const std::size_t largest_hash_;
  profile::StackTree tree_;
  std::vector<StringId> frames_;
  std::size_t stacks_ = 0;
};

}  // namespace

void StackBudget::Add(profile::StackSegment segment, std::size_t bytes) {
  if (held_bytes_ > 0 && held_bytes_ + bytes > most_held_) {
    if (TreeIsSmaller()) {
      Fold();
      most_held_ = budget_;
    } else {
      // Tries again later, as further profiles may have more in common.
      most_held_ = 2 * (held_bytes_ + bytes);
    }
  }
  held_.Add(std::move(segment));
  held_bytes_ += bytes;
}

profile::Stacks StackBudget::Finish() && {
  if (folded_.size() > 1) held_.AddTree(std::move(folded_));
  held_.AddTotals(beside_tree_);
  return std::move(held_);
}

// Predicts the growth of the tree from the number of nodes that the second half
// of the stacks adds to a tree of the first half.
bool StackBudget::TreeIsSmaller() const {
  SampleTree tree(held_.size());
  const auto add_half = [&](std::size_t half) {
    return held_.ForEachLeafFirst(
        half, 2,
        [&](std::span<const StringId> from_leaf, std::int64_t) {
          tree.Add(from_leaf);
        },
        call_);
  };
  if (!add_half(0).ok()) return false;
  const std::size_t stacks_before = tree.stacks();
  const std::size_t nodes_before = tree.nodes();
  if (!add_half(1).ok()) return false;
  // tree_bytes / stacks < held_bytes_ / held_.size(), without dividing by 0.
  const std::size_t stacks = tree.stacks() - stacks_before;
  const std::size_t tree_bytes = (tree.nodes() - nodes_before) * kBytesPerNode;
  return static_cast<double>(tree_bytes) * static_cast<double>(held_.size()) <
         static_cast<double>(held_bytes_) * static_cast<double>(stacks);
}

void StackBudget::Fold() {
  const std::vector<StringId> name_of =
      folded_.names().InternAll(held_.names());
  std::vector<StringId> frames;
  // The only error is that of the call, which the caller checks.
  static_cast<void>(held_.ForEach(
      [&](std::span<const StringId> stack, std::int64_t value) {
        frames.clear();
        for (const StringId name : stack) frames.push_back(name_of[name]);
        folded_.AddStack(frames, value);
      },
      call_));
  profile::StackTotals beside = held_.totals();
  beside.magnitude = profile::WrappingSubtract(
      beside.magnitude,
      profile::WrappingSubtract(beside.total, beside.without_frame));
  beside.total = beside.without_frame;
  beside_tree_.Add(beside);
  held_ = profile::Stacks();
  held_bytes_ = 0;
}

}  // namespace pmcp::store
