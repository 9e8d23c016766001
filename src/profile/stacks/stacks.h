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

  /// Names of functions of what was added: some may be on no stack.
  const StringTable& names() const { return data_->names; }
  /// Sum of the values of all stacks that have a frame.
  std::int64_t total() const { return data_->total; }
  bool empty() const { return data_->segments.empty() && data_->trees.empty(); }
  /// How many stacks of profiles are visited at most; those of trees do not
  /// count.
  std::size_t size() const { return data_->picks; }

  /// Stacks without a frame are not visited. The same stack may come several
  /// times. The order is that of the additions.
  void ForEach(const Visitor& visit) const;
  /// The same; ends early, with the error of `call`, when that is over.
  Result<void> ForEach(const Visitor& visit, const CallContext& call) const;

  /// As ForEach, but of one part of `parts` about equal ones, in no order, and
  /// `visit` takes the frames leaf first: the quickest way over millions of
  /// them. Parts may be visited side by side.
  template <typename Visit>
  Result<void> ForEachLeafFirst(std::size_t part, std::size_t parts,
                                Visit visit, const CallContext& call) const;
  /// How many parts are worth a thread each.
  std::size_t PartsForThreads() const;

  StackTree ToTree() const;

  /// Has the same owner for copies of the same stacks, and for no others.
  /// Expires with the last copy.
  std::weak_ptr<const void> identity() const { return data_; }

  /// The profiles that it shares included.
  std::size_t memory_bytes() const;

 private:
  // Nearly all locations have no more.
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

  /// What the names of one table are here; kNoIndex for those that no location
  /// had yet. The profiles of one program have one table, or few.
  struct NameMap {
    const StringTable* table = nullptr;  // held by a segment
    std::vector<StringId> names;
  };

  struct Data {
    StringTable names;
    std::vector<NameMap> name_maps;  // the last ones made
    std::size_t name_maps_made = 0;
    std::vector<Segment> segments;
    std::size_t picks = 0;  // of all segments
    std::vector<Tree> trees;
    std::int64_t total = 0;
  };
  Data& Changeable();
  NameMap& NameMapOf(const StringTable& table);
  std::vector<StringId> TakeNames(StackTree& tree);

  // Shared by copies.
  std::shared_ptr<Data> data_ = std::make_shared<Data>();
};

/// Frames of one stack after the other, leaf first, in the same memory.
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

  RawVector<StringId> frames_;  // garbage behind the frames
};

// The hottest loop of a ranking. Of every location the first few frames are
// copied, how many there are: a branch on that could not be foretold. Calls
// nothing that it returns from, so that all it knows stays in registers.
template <typename Id>
std::span<const StringId> Stacks::FrameBuffer::Fill(
    const Segment& segment, const StackColumns<Id>& stacks,
    std::size_t sample) {
  const std::span<const Id> locations = stacks.LocationsOf(sample);
  const Id* const starts = stacks.frame_starts.data();
  const StringId* const frames = segment.frames.data();
  Reserve(kFewFrames * locations.size());  // if few each
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

// The picks of all segments count as one sample, of which each part gets a
// piece: so most segments are seen by one thread only.
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
  // Stacks between two looks at the call: well under a millisecond.
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
