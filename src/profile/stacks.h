// Stacks: call stacks with a value each, merged from any number of profiles
// or trees, over one table of function names. What a source answers before
// anyone asks for a shape: rankings walk it directly, a StackTree is made from
// it where a tree is wanted.
//
// Profiles are held by reference and never expanded: a tree of the same
// stacks may be many times larger (docs/decisions). Not thread-safe while it
// grows; read-only afterwards, any number of threads may visit it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/pprof.h"
#include "profile/stack_tree.h"
#include "profile/string_table.h"

namespace pmcp::profile {

/// One sample of a profile and what it counts for.
struct SamplePick {
  std::uint32_t row = 0;
  std::int64_t value = 0;
};

class Stacks {
 public:
  /// The frames of one stack, root first, as ids of names(), and its value.
  using Visitor =
      std::function<void(std::span<const StringId> frames, std::int64_t value)>;

  /// Adds the picked samples of `profile`: frames are the names of functions
  /// (not system names), inlined ones included; a location without lines adds
  /// no frame. The profile is shared with the cache it came from, which may
  /// drop it before this object ends.
  void AddProfile(std::shared_ptr<const Profile> profile,
                  std::vector<SamplePick> picks);
  void AddTree(const StackTree& tree);

  /// Names of all functions of what was added: some may be on no stack.
  const StringTable& names() const { return names_; }
  /// Sum of the values of all stacks that have a frame.
  std::int64_t total() const { return total_; }
  bool empty() const { return segments_.empty() && trees_.empty(); }

  /// Stacks without a frame are not visited. The same stack may come several
  /// times. The order is that of the additions.
  void ForEach(const Visitor& visit) const;
  /// The same; ends early, with the error of `call`, when that is over.
  Result<void> ForEach(const Visitor& visit, const CallContext& call) const;

  StackTree ToTree() const;

 private:
  // The samples of one profile. Frames of location i, root first:
  // frames[frame_ends[i - 1], frame_ends[i]).
  struct Segment {
    std::shared_ptr<const Profile> profile;
    std::vector<SamplePick> picks;
    std::vector<StringId> frames;
    std::vector<std::uint32_t> frame_ends;
    // The frame of a location that has just one, as nearly all have, else
    // kNoIndex: a look at one place of memory instead of three.
    std::vector<StringId> only_frame;
    std::size_t most_frames = 0;  // of one location

    std::span<const StringId> FramesOf(std::uint32_t location) const;
    StringId* CopyFrames(std::uint32_t location, StringId* to) const;
  };
  struct TreeNode {
    StringId name = 0;
    NodeId parent = 0;
    std::int64_t self = 0;
  };
  using Tree = std::vector<TreeNode>;
  class Walk;

  void FillFrames(Segment& segment);
  void AddToTotal(const Segment& segment);

  StringTable names_;
  std::vector<Segment> segments_;
  std::vector<Tree> trees_;
  std::int64_t total_ = 0;
};

}  // namespace pmcp::profile
