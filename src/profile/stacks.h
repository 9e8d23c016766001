// Stacks: call stacks with a value each, merged from any number of profiles
// or trees, over one table of function names. What a source answers before
// anyone asks for a shape: rankings walk it directly, a StackTree is made from
// it where a tree is wanted.
//
// Profiles are held by reference and never expanded: a tree of the same
// stacks may be many times larger (docs/decisions). Not thread-safe while it
// grows; read-only afterwards, any number of threads may visit it. Copies are
// cheap and share everything, so nothing is added once there is one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "base/shared_slot.h"
#include "profile/stack_samples.h"
#include "profile/stack_tree.h"
#include "profile/string_table.h"

namespace pmcp::profile {

/// One sample of a profile and what it counts for.
struct SamplePick {
  std::uint32_t row = 0;
  std::int64_t value = 0;
};

/// By the ids of Stacks::names(), over all stacks: all that a ranking needs.
struct FunctionSums {
  std::vector<std::int64_t> self;
  std::vector<std::int64_t> total;  // once a stack, however often it is on it
  std::vector<bool> on_stack;
  std::int64_t kept = 0;  // of the stacks that were counted
};

class Stacks {
 public:
  class Stack;
  class Part;
  /// The frames of one stack, root first, as ids of names(), and its value.
  using Visitor =
      std::function<void(std::span<const StringId> frames, std::int64_t value)>;

  void Add(Part part);
  void AddTree(const StackTree& tree);

  /// Names of all functions of what was added: some may be on no stack.
  const StringTable& names() const { return data_->names; }
  /// Sum of the values of all stacks that have a frame.
  std::int64_t total() const { return data_->total; }
  bool empty() const { return data_->segments.empty() && data_->trees.empty(); }

  /// Stacks without a frame are not visited. The same stack may come several
  /// times. The order is that of the additions.
  void ForEach(const Visitor& visit) const;
  /// The same; ends early, with the error of `call`, when that is over.
  Result<void> ForEach(const Visitor& visit, const CallContext& call) const;

  /// As ForEach, but of one part of `parts` about equal ones, in no order, and
  /// `visit` takes a Stack: the quickest way over millions of frames. Parts may
  /// be visited side by side.
  template <typename Visit>
  Result<void> ForEachIn(std::size_t part, std::size_t parts, Visit visit,
                         const CallContext& call) const;
  /// How many parts are worth a thread each.
  std::size_t PartsForThreads() const;

  StackTree ToTree() const;

  /// What was kept with these stacks, here or in a copy; null when nothing was.
  std::shared_ptr<const FunctionSums> sums() const;
  void KeepSums(std::shared_ptr<const FunctionSums> sums) const;

  /// The profiles that it shares included.
  std::size_t memory_bytes() const;

 private:
  // The samples of one profile, with what its names are here.
  struct Segment {
    std::shared_ptr<const StackSamples> samples;
    std::vector<SamplePick> picks;
    std::vector<StringId> name_of;
    // The frame of a location that has just one, as nearly all have, else
    // kNoIndex: a look at one place of memory instead of four.
    std::vector<StringId> only_frame;
  };
  struct TreeNode {
    StringId name = 0;
    NodeId parent = 0;
    std::int64_t self = 0;
  };
  using Tree = std::vector<TreeNode>;

  template <typename Visit>
  static Result<void> VisitPicks(const Segment& segment,
                                 std::span<const SamplePick> picks,
                                 Visit& visit, const CallContext& call);
  template <typename Visit>
  static void VisitTree(const Tree& tree, Visit& visit);

  struct Data {
    StringTable names;
    std::vector<Segment> segments;
    std::vector<Tree> trees;
    std::int64_t total = 0;
    SharedSlot<FunctionSums> sums;
  };
  Data& Changeable();

  // Shared by copies.
  std::shared_ptr<Data> data_ = std::make_shared<Data>();
};

/// The picked samples of one profile, ready to be added. To make it is most of
/// the work, which any thread may do.
class Stacks::Part {
 public:
  /// The samples are shared with the cache they came from, which may drop them
  /// before this object ends.
  Part(std::shared_ptr<const StackSamples> samples,
       std::vector<SamplePick> picks);

 private:
  friend class Stacks;
  void FillFrames();
  void AddTotal();

  Segment segment_;  // with the names of the profile, whose own ids they are
  std::vector<std::size_t> hash_of_name_;
  std::int64_t total_ = 0;
};

/// One stack while it is visited.
class Stacks::Stack {
 public:
  std::int64_t value() const { return value_; }

  /// `visit(name)` for every frame, leaf first.
  template <typename Visit>
  void ForEachFrame(Visit visit) const;

 private:
  friend class Stacks;
  Stack(const Segment& segment, std::span<const std::uint32_t> locations,
        std::int64_t value)
      : segment_(&segment), locations_(locations), value_(value) {}
  Stack(const Tree& tree, const TreeNode& leaf)
      : tree_(&tree), leaf_(&leaf), value_(leaf.self) {}

  const Segment* segment_ = nullptr;
  std::span<const std::uint32_t> locations_;
  const Tree* tree_ = nullptr;  // where there is no segment
  const TreeNode* leaf_ = nullptr;
  std::int64_t value_ = 0;
};

template <typename Visit>
void Stacks::Stack::ForEachFrame(Visit visit) const {
  if (segment_ == nullptr) {
    const TreeNode* const root = &(*tree_)[StackTree::kRoot];
    for (auto* node = leaf_; node != root; node = &(*tree_)[node->parent]) {
      visit(node->name);
    }
    return;
  }
  // The hottest loop of a ranking.
  const std::span<const StringId> only_frame = segment_->only_frame;
  for (const std::uint32_t location : locations_) {
    if (location < only_frame.size() && only_frame[location] != kNoIndex) {
      visit(only_frame[location]);
      continue;
    }
    const auto frames = segment_->samples->FramesOf(location);
    for (auto f = frames.rbegin(); f != frames.rend(); ++f) {
      visit(segment_->name_of[*f]);
    }
  }
}

template <typename Visit>
Result<void> Stacks::VisitPicks(const Segment& segment,
                                std::span<const SamplePick> picks, Visit& visit,
                                const CallContext& call) {
  // Stacks between two looks at the call: well under a millisecond.
  constexpr std::size_t kStacksPerCheck = 4096;
  while (!picks.empty()) {
    PMCP_TRY_VOID(call.Check());
    const auto next = picks.first(std::min(picks.size(), kStacksPerCheck));
    for (const SamplePick& pick : next) {
      const auto locations = segment.samples->samples().locations(pick.row);
      if (!segment.samples->HasFrame(locations)) continue;
      visit(Stack(segment, locations, pick.value));
    }
    picks = picks.subspan(next.size());
  }
  return {};
}

template <typename Visit>
void Stacks::VisitTree(const Tree& tree, Visit& visit) {
  for (const TreeNode& leaf : tree) {
    const bool is_root = &leaf == &tree[StackTree::kRoot];
    if (leaf.self != 0 && !is_root) visit(Stack(tree, leaf));
  }
}

template <typename Visit>
Result<void> Stacks::ForEachIn(std::size_t part, std::size_t parts, Visit visit,
                               const CallContext& call) const {
  for (const Segment& segment : data_->segments) {
    const std::size_t size = segment.picks.size();
    const std::size_t begin = size * part / parts;
    const std::size_t end = size * (part + 1) / parts;
    const auto picks = std::span(segment.picks).subspan(begin, end - begin);
    PMCP_TRY_VOID(VisitPicks(segment, picks, visit, call));
  }
  for (std::size_t i = part; i < data_->trees.size(); i += parts) {
    PMCP_TRY_VOID(call.Check());
    VisitTree(data_->trees[i], visit);
  }
  return {};
}

}  // namespace pmcp::profile
