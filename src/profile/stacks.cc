#include "profile/stacks.h"

#include <algorithm>
#include <utility>

#include "profile/wrapping_add.h"

namespace pmcp::profile {
namespace {

// Stacks between two looks at the call: well under a millisecond.
constexpr std::size_t kStacksPerCheck = 4096;

}  // namespace

// One visit of everything, or of the first part of it.
class Stacks::Walk {
 public:
  Walk(const Visitor& visit, const CallContext& call)
      : visit_(visit), call_(call) {}

  Result<void> Over(const Segment& segment) {
    const SampleTable& samples = segment.profile->samples;
    for (const SamplePick& pick : segment.picks) {
      stack_.clear();
      const auto locations = samples.locations(pick.row);
      for (auto leaf = locations.rbegin(); leaf != locations.rend(); ++leaf) {
        segment.AppendFrames(*leaf, stack_);
      }
      PMCP_TRY_VOID(Visit(pick.value));
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
      PMCP_TRY_VOID(Visit(leaf.self));
    }
    return {};
  }

 private:
  Result<void> Visit(std::int64_t value) {
    if (++visited_ % kStacksPerCheck == 0) PMCP_TRY_VOID(call_.Check());
    if (!stack_.empty()) visit_(stack_, value);
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
  std::vector<StringId> stack;
  for (const SamplePick& pick : segment.picks) {
    stack.clear();
    for (const auto location : segment.profile->samples.locations(pick.row)) {
      segment.AppendFrames(location, stack);
      if (!stack.empty()) break;
    }
    if (!stack.empty()) total_ = WrappingAdd(total_, pick.value);
  }
}

void Stacks::FillFrames(Segment& segment) {
  const Profile& profile = *segment.profile;
  std::vector<StringId> name_of(profile.functions.size());
  for (std::size_t i = 0; i < name_of.size(); ++i) {
    name_of[i] = names_.Intern(profile.strings[profile.functions[i].name]);
  }
  segment.frames.reserve(profile.lines.size());
  segment.frame_ends.reserve(profile.locations.size());
  for (const Location& location : profile.locations) {
    const auto lines = profile.LinesOf(location);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->function != kNoIndex) {
        segment.frames.push_back(name_of[line->function]);
      }
    }
    segment.frame_ends.push_back(
        static_cast<std::uint32_t>(segment.frames.size()));
  }
}

void Stacks::Segment::AppendFrames(std::uint32_t location,
                                   std::vector<StringId>& stack) const {
  if (location == kNoIndex) return;
  const std::uint32_t begin = location == 0 ? 0 : frame_ends[location - 1];
  stack.insert(stack.end(), frames.begin() + begin,
               frames.begin() + frame_ends[location]);
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
