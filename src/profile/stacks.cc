#include "profile/stacks.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/parallel_for.h"
#include "profile/wrapping_add.h"

namespace pmcp::profile {

Stacks::Data& Stacks::Changeable() {
  PMCP_CHECK(data_.use_count() == 1);
  return *data_;
}

Stacks::Part::Part(std::shared_ptr<const Profile> profile,
                   std::vector<SamplePick> picks) {
  segment_.profile = std::move(profile);
  segment_.picks = std::move(picks);
  FillFrames();
  AddTotal();
}

void Stacks::Part::FillFrames() {
  const Profile& profile = *segment_.profile;
  hash_of_name_.reserve(profile.functions.size());
  for (const Function& function : profile.functions) {
    hash_of_name_.push_back(
        StringTable::HashOf(profile.strings[function.name]));
  }
  auto& [_, picks, frames, frame_ends, only_frame] = segment_;
  frames.reserve(profile.lines.size());
  frame_ends.reserve(profile.locations.size());
  only_frame.reserve(profile.locations.size());
  for (const Location& location : profile.locations) {
    const std::size_t begin = frames.size();
    const auto lines = profile.LinesOf(location);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->function != kNoIndex) frames.push_back(line->function);
    }
    frame_ends.push_back(static_cast<std::uint32_t>(frames.size()));
    only_frame.push_back(frames.size() == begin + 1 ? frames[begin] : kNoIndex);
  }
}

void Stacks::Part::AddTotal() {
  const SampleTable& samples = segment_.profile->samples;
  for (const SamplePick& pick : segment_.picks) {
    if (!segment_.HasFrame(samples.locations(pick.row))) continue;
    total_ = WrappingAdd(total_, pick.value);
  }
}

void Stacks::Add(Part part) {
  Data& data = Changeable();
  Segment& segment = part.segment_;
  const Profile& profile = *segment.profile;
  std::vector<StringId> name_of(profile.functions.size());
  for (std::size_t i = 0; i < name_of.size(); ++i) {
    name_of[i] = data.names.Intern(profile.strings[profile.functions[i].name],
                                   part.hash_of_name_[i]);
  }
  for (StringId& frame : segment.frames) frame = name_of[frame];
  for (StringId& frame : segment.only_frame) {
    if (frame != kNoIndex) frame = name_of[frame];
  }
  data.total = WrappingAdd(data.total, part.total_);
  data.segments.push_back(std::move(segment));
}

void Stacks::AddTree(const StackTree& tree) {
  Tree& nodes = Changeable().trees.emplace_back();
  nodes.reserve(tree.size());
  nodes.push_back({0, StackTree::kRoot, tree.self(StackTree::kRoot)});
  // Far fewer names than nodes: each is looked up once.
  std::vector<StringId> id_of(tree.names().size(), kNoIndex);
  for (NodeId node = 1; node < tree.size(); ++node) {
    StringId& id = id_of[tree.name(node)];
    if (id == kNoIndex) id = data_->names.Intern(tree.names()[tree.name(node)]);
    nodes.push_back({id, tree.parent(node), tree.self(node)});
  }
  data_->total = WrappingAdd(data_->total, tree.total());
}

void Stacks::ForEach(const Visitor& visit) const {
  // Without a stop or a deadline a walk has no error to report.
  static_cast<void>(ForEach(visit, CallContext()));
}

Result<void> Stacks::ForEach(const Visitor& visit,
                             const CallContext& call) const {
  std::vector<StringId> frames;
  const auto visit_from_root = [&](const Stack& stack) {
    frames.clear();
    stack.ForEachFrame([&](StringId name) { frames.push_back(name); });
    std::reverse(frames.begin(), frames.end());
    visit(frames, stack.value());
  };
  PMCP_TRY_VOID(call.Check());
  return ForEachIn(0, 1, visit_from_root, call);
}

std::size_t Stacks::PartsForThreads() const {
  // A thread is worth its start with some milliseconds of work.
  constexpr std::size_t kStacksPerThread = 16'384;
  std::size_t stacks = 0;
  for (const Segment& segment : data_->segments) stacks += segment.picks.size();
  return std::clamp<std::size_t>(stacks / kStacksPerThread, 1,
                                 ProcessorCount());
}

StackTree Stacks::ToTree() const {
  StackTree tree;
  // All names in their order, so that ids stay what they are.
  tree.names().Reserve(data_->names.size());
  for (StringId id = 0; id < data_->names.size(); ++id) {
    tree.names().Append(data_->names[id]);
  }
  ForEach([&](std::span<const StringId> frames, std::int64_t value) {
    tree.AddStack(frames, value);
  });
  return tree;
}

std::shared_ptr<const FunctionSums> Stacks::sums() const {
  return data_->sums.Get();
}

void Stacks::KeepSums(std::shared_ptr<const FunctionSums> sums) const {
  data_->sums.Set(std::move(sums));
}

std::size_t Stacks::memory_bytes() const {
  std::size_t bytes = data_->names.memory_bytes();
  for (const Segment& segment : data_->segments) {
    bytes += segment.profile->memory_bytes() +
             segment.picks.capacity() * sizeof(SamplePick) +
             segment.frames.capacity() * sizeof(StringId) +
             segment.frame_ends.capacity() * sizeof(std::uint32_t) +
             segment.only_frame.capacity() * sizeof(StringId);
  }
  for (const Tree& tree : data_->trees) {
    bytes += tree.capacity() * sizeof(TreeNode);
  }
  return bytes;
}

}  // namespace pmcp::profile
