#include "profile/stacks.h"

#include <algorithm>
#include <utility>

#include "profile/wrapping_add.h"

namespace pmcp::profile {
namespace {

// Stacks between two looks at the call: well under a millisecond.
constexpr std::size_t kStacksPerCheck = 4096;

}  // namespace

std::span<const StringId> Stacks::Segment::FramesOf(
    std::uint32_t location) const {
  if (location == kNoIndex) return {};
  const std::size_t begin = location == 0 ? 0 : frame_ends[location - 1];
  return std::span(frames).subspan(begin, frame_ends[location] - begin);
}

inline StringId* Stacks::Segment::CopyFrames(std::uint32_t location,
                                             StringId* to) const {
  if (location < only_frame.size() && only_frame[location] != kNoIndex) {
    *to = only_frame[location];
    return to + 1;
  }
  return std::ranges::copy(FramesOf(location), to).out;
}

// One visit of everything, or of the first part of it.
class Stacks::Walk {
 public:
  Walk(const Visitor& visit, const CallContext& call)
      : visit_(visit), call_(call) {}

  Result<void> Over(const Segment& segment) {
    const SampleTable& samples = segment.profile->samples;
    for (const SamplePick& pick : segment.picks) {
      const auto locations = samples.locations(pick.row);
      // Room for the most that it can be: this loop runs once a frame of all
      // samples, and does nothing but copy.
      MakeRoom(locations.size() * segment.most_frames);
      StringId* end = stack_.data();
      for (auto leaf = locations.rbegin(); leaf != locations.rend(); ++leaf) {
        end = segment.CopyFrames(*leaf, end);
      }
      PMCP_TRY_VOID(Visit({stack_.data(), end}, pick.value));
    }
    return {};
  }

  Result<void> Over(const Tree& tree) {
    for (const TreeNode& leaf : tree) {
      if (leaf.self == 0) continue;
      stack_.clear();
      const TreeNode* node = &leaf;
      while (node != &tree[StackTree::kRoot]) {
        stack_.push_back(node->name);
        node = &tree[node->parent];
      }
      std::reverse(stack_.begin(), stack_.end());
      PMCP_TRY_VOID(Visit(stack_, leaf.self));
    }
    return {};
  }

 private:
  void MakeRoom(std::size_t frames) {
    if (stack_.size() < frames) stack_.resize(frames);
  }

  Result<void> Visit(std::span<const StringId> frames, std::int64_t value) {
    if (++visited_ % kStacksPerCheck == 0) PMCP_TRY_VOID(call_.Check());
    if (!frames.empty()) visit_(frames, value);
    return {};
  }

  const Visitor& visit_;
  const CallContext& call_;
  std::vector<StringId> stack_;
  std::size_t visited_ = 0;
};

void Stacks::AddProfile(std::shared_ptr<const Profile> profile,
                        std::vector<SamplePick> picks) {
  Segment& segment = segments_.emplace_back();
  segment.profile = std::move(profile);
  segment.picks = std::move(picks);
  FillFrames(segment);
  AddToTotal(segment);
}

void Stacks::FillFrames(Segment& segment) {
  const Profile& profile = *segment.profile;
  std::vector<StringId> name_of(profile.functions.size());
  for (std::size_t i = 0; i < name_of.size(); ++i) {
    name_of[i] = names_.Intern(profile.strings[profile.functions[i].name]);
  }
  segment.frames.reserve(profile.lines.size());
  segment.frame_ends.reserve(profile.locations.size());
  segment.only_frame.reserve(profile.locations.size());
  for (const Location& location : profile.locations) {
    const auto lines = profile.LinesOf(location);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->function != kNoIndex) {
        segment.frames.push_back(name_of[line->function]);
      }
    }
    segment.frame_ends.push_back(
        static_cast<std::uint32_t>(segment.frames.size()));
    const auto frames =
        segment.FramesOf(static_cast<std::uint32_t>(segment.only_frame.size()));
    segment.only_frame.push_back(frames.size() == 1 ? frames[0] : kNoIndex);
    segment.most_frames = std::max(segment.most_frames, frames.size());
  }
}

void Stacks::AddToTotal(const Segment& segment) {
  for (const SamplePick& pick : segment.picks) {
    const auto locations = segment.profile->samples.locations(pick.row);
    const bool has_frame = std::any_of(
        locations.begin(), locations.end(), [&](std::uint32_t location) {
          return !segment.FramesOf(location).empty();
        });
    if (has_frame) total_ = WrappingAdd(total_, pick.value);
  }
}

void Stacks::AddTree(const StackTree& tree) {
  Tree& nodes = trees_.emplace_back();
  nodes.reserve(tree.size());
  for (NodeId node = 0; node < tree.size(); ++node) {
    const bool is_root = node == StackTree::kRoot;
    nodes.push_back({is_root ? 0 : names_.Intern(tree.names()[tree.name(node)]),
                     tree.parent(node), tree.self(node)});
  }
  total_ = WrappingAdd(total_, tree.total());
}

void Stacks::ForEach(const Visitor& visit) const {
  // Without a stop or a deadline a walk has no error to report.
  static_cast<void>(ForEach(visit, CallContext()));
}

Result<void> Stacks::ForEach(const Visitor& visit,
                             const CallContext& call) const {
  PMCP_TRY_VOID(call.Check());
  Walk walk(visit, call);
  for (const Segment& segment : segments_) PMCP_TRY_VOID(walk.Over(segment));
  for (const Tree& tree : trees_) PMCP_TRY_VOID(walk.Over(tree));
  return {};
}

StackTree Stacks::ToTree() const {
  StackTree tree;
  // All names in their order, so that ids stay what they are.
  tree.names().Reserve(names_.size());
  for (StringId id = 0; id < names_.size(); ++id) {
    tree.names().Append(names_[id]);
  }
  ForEach([&](std::span<const StringId> frames, std::int64_t value) {
    tree.AddStack(frames, value);
  });
  return tree;
}

}  // namespace pmcp::profile
