// Stacks: call stacks with a value each, merged from any number of profiles or
// trees, over one table of function names. Sources answer with it. Rankings
// visit the stacks directly; ToTree makes a StackTree for callers that need a
// tree.
//
// Profiles are held by reference and not expanded: a tree of the same stacks
// may be many times larger (docs/decisions/0011). Not thread-safe while it
// grows; afterwards any number of threads may visit it. Copies are cheap and
// share all data, so nothing may be added once there is a copy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/stacks/stack_samples.h"
#include "profile/stacks/stack_segment.h"
#include "profile/stacks/stack_tree.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

class Stacks {
 public:
  /// The frames of one stack, root first, as ids of names(), and its value.
  using Visitor =
      std::function<void(std::span<const StringId> frames, std::int64_t value)>;

  void Add(StackSegment segment);
  /// The names of `tree` differ from one another.
  void AddTree(StackTree tree);

  /// The names of the functions of everything that was added. Some may be on no
  /// stack.
  const StringTable& names() const { return data_->names; }
  /// Sum of the values of all stacks that have a frame.
  std::int64_t total() const { return data_->totals.total; }
  const StackTotals& totals() const { return data_->totals; }
  /// Adds totals of samples whose stacks were added as a tree: a tree has
  /// neither samples without a frame nor absolute values.
  void AddTotals(const StackTotals& totals) { Changeable().totals.Add(totals); }
  bool empty() const { return data_->segments.empty() && data_->trees.empty(); }
  /// An upper bound of the stacks that are visited, not counting those of
  /// trees.
  std::size_t size() const { return data_->picks; }

  /// Visits the stacks in the order in which they were added, except those
  /// without a frame. The same stack may be visited several times.
  void ForEach(const Visitor& visit) const;
  /// Ends early, with the error of `call`, if the call is cancelled or its
  /// deadline passes.
  Result<void> ForEach(const Visitor& visit, const CallContext& call) const;

  /// Visits one of `parts` parts of about equal size, in no specified order,
  /// with the frames of each stack leaf first, which saves reversing them.
  /// Different parts may be visited concurrently.
  template <typename Visit>
  Result<void> ForEachLeafFirst(std::size_t part, std::size_t parts,
                                Visit visit, const CallContext& call) const;
  /// The number of parts that are large enough for a thread each.
  std::size_t PartsForThreads() const;

  StackTree ToTree() const;

  /// Has the same owner for copies of the same stacks, and for no others.
  /// Expires with the last copy.
  std::weak_ptr<const void> identity() const { return data_; }

  /// Includes the profiles that it shares with others.
  std::size_t memory_bytes() const;

 private:
  // Nearly all locations have at most this many frames.
  static constexpr std::size_t kFewFrames = 4;
  struct Segment {
    StackSegment picks;
    // The frames of the samples, as ids of names(), then kFewFrames of
    // unspecified value.
    RawVector<StringId> frames;
  };
  struct TreeNode {
    StringId name = 0;
    NodeId parent = 0;
    std::int64_t self = 0;
  };
  using Tree = std::vector<TreeNode>;

  class FrameBuffer;

  template <typename Visit>
  static Result<void> VisitPicks(const Segment& segment, std::size_t begin,
                                 std::size_t end, FrameBuffer& buffer,
                                 Visit& visit, const CallContext& call);

  /// Maps the ids of another table of names to ids of names(); kNoIndex for
  /// names that were not needed yet. The profiles of one program share a few
  /// tables.
  struct NameMap {
    const StringTable* table = nullptr;  // owned by a segment
    std::vector<StringId> names;
  };

  struct Data {
    StringTable names;
    std::vector<NameMap> name_maps;  // the most recent ones
    std::size_t name_maps_made = 0;
    std::vector<Segment> segments;
    std::size_t picks = 0;  // of all segments
    std::vector<Tree> trees;
    StackTotals totals;
  };
  Data& Changeable();
  NameMap& NameMapOf(const StringTable& table);
  std::vector<StringId> TakeNames(StackTree& tree);

  // Shared by copies.
  std::shared_ptr<Data> data_ = std::make_shared<Data>();
};

/// A buffer for the frames of one stack at a time, leaf first.
class Stacks::FrameBuffer {
 public:
  /// Valid until the next call.
  template <typename Id>
  std::span<const StringId> Fill(const Segment& segment,
                                 const StackColumns<Id>& stacks,
                                 std::size_t sample);
  std::span<const StringId> Fill(const Tree& tree, const TreeNode& leaf);

 private:
  void Reserve(std::size_t frames) {
    if (frames > frames_.size()) frames_.resize(2 * frames);
  }
  template <typename Id>
  std::span<const StringId> FillMany(const Segment& segment,
                                     const StackColumns<Id>& stacks,
                                     std::size_t sample);

  RawVector<StringId> frames_;
};

// The hottest loop of a ranking. It copies kFewFrames frames of every location,
// however many there are, because a branch on their number would be
// unpredictable. The loop makes no call that returns to it, so all of its
// variables stay in registers.
template <typename Id>
std::span<const StringId> Stacks::FrameBuffer::Fill(
    const Segment& segment, const StackColumns<Id>& stacks,
    std::size_t sample) {
  const std::span<const Id> locations = stacks.LocationsOf(sample);
  const Id* const starts = stacks.frame_starts.data();
  const StringId* const frames = segment.frames.data();
  Reserve(kFewFrames * locations.size());  // enough if no location has more
  StringId* const first = frames_.data();
  StringId* place = first;
  for (const Id location : locations) {
    if (location == kNoLocation<Id>) continue;
    const std::size_t start = starts[location];
    const std::size_t count = starts[location + std::size_t{1}] - start;
    if (count > kFewFrames) [[unlikely]]
      return FillMany(segment, stacks, sample);
    std::memcpy(place, frames + start, kFewFrames * sizeof(StringId));
    place += count;
  }
  return {first, place};
}

template <typename Id>
std::span<const StringId> Stacks::FrameBuffer::FillMany(
    const Segment& segment, const StackColumns<Id>& stacks,
    std::size_t sample) {
  const std::span<const Id> starts = stacks.frame_starts;
  std::size_t size = 0;
  for (const Id location : stacks.LocationsOf(sample)) {
    if (location == kNoLocation<Id>) continue;
    for (std::size_t i = starts[location];
         i < starts[location + std::size_t{1}]; ++i) {
      Reserve(size + 1);
      frames_[size++] = segment.frames[i];
    }
  }
  return std::span(frames_).first(size);
}

// The picks of all segments are numbered consecutively, and each part is a
// range of these numbers, so most segments belong to one part.
template <typename Visit>
Result<void> Stacks::ForEachLeafFirst(std::size_t part, std::size_t parts,
                                      Visit visit,
                                      const CallContext& call) const {
  FrameBuffer buffer;
  const std::size_t begin = data_->picks * part / parts;
  const std::size_t end = data_->picks * (part + 1) / parts;
  std::size_t at = 0;
  for (const Segment& segment : data_->segments) {
    const std::size_t first =
        std::clamp(begin, at, at + segment.picks.size()) - at;
    const std::size_t last =
        std::clamp(end, at, at + segment.picks.size()) - at;
    at += segment.picks.size();
    PMCP_TRY_VOID(VisitPicks(segment, first, last, buffer, visit, call));
  }
  for (std::size_t i = part; i < data_->trees.size(); i += parts) {
    PMCP_TRY_VOID(call.Check());
    const Tree& tree = data_->trees[i];
    for (const TreeNode& leaf : tree) {
      const bool is_root = &leaf == &tree[StackTree::kRoot];
      if (leaf.self != 0 && !is_root) visit(buffer.Fill(tree, leaf), leaf.self);
    }
  }
  return {};
}

template <typename Visit>
Result<void> Stacks::VisitPicks(const Segment& segment, std::size_t begin,
                                std::size_t end, FrameBuffer& buffer,
                                Visit& visit, const CallContext& call) {
  // Checks the call this often: every fraction of a millisecond.
  constexpr std::size_t kStacksPerCheck = 4096;
  return segment.picks.samples().WithStacks(
      [&](const auto& stacks) -> Result<void> {
        while (begin < end) {
          PMCP_TRY_VOID(call.Check());
          const std::size_t stop = std::min(end, begin + kStacksPerCheck);
          for (; begin < stop; ++begin) {
            const SamplePick pick = segment.picks.Pick(begin);
            if (!segment.picks.Counts(pick)) continue;
            const auto frames = buffer.Fill(segment, stacks, pick.sample);
            if (!frames.empty()) visit(frames, pick.value);
          }
        }
        return {};
      });
}

}  // namespace pmcp::profile
