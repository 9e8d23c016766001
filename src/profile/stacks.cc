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

Stacks::Part::Part(std::shared_ptr<const StackSamples> samples,
                   std::vector<SamplePick> picks) {
  segment_.samples = std::move(samples);
  segment_.picks = std::move(picks);
  FillFrames();
  AddTotal();
}

void Stacks::Part::FillFrames() {
  const StackSamples& samples = *segment_.samples;
  hash_of_name_.reserve(samples.names().size());
  for (StringId name = 0; name < samples.names().size(); ++name) {
    hash_of_name_.push_back(StringTable::HashOf(samples.names()[name]));
  }
  segment_.only_frame.reserve(samples.location_count());
  for (std::uint32_t i = 0; i < samples.location_count(); ++i) {
    const auto frames = samples.FramesOf(i);
    segment_.only_frame.push_back(frames.size() == 1 ? frames[0] : kNoIndex);
  }
}

void Stacks::Part::AddTotal() {
  const StackSamples& samples = *segment_.samples;
  for (const SamplePick& pick : segment_.picks) {
    if (!samples.HasFrame(samples.samples().locations(pick.row))) continue;
    total_ = WrappingAdd(total_, pick.value);
  }
}

void Stacks::Add(Part part) {
  Data& data = Changeable();
  Segment& segment = part.segment_;
  const StringTable& names = segment.samples->names();
  segment.name_of.resize(names.size());
  for (StringId name = 0; name < names.size(); ++name) {
    segment.name_of[name] =
        data.names.Intern(names[name], part.hash_of_name_[name]);
  }
  for (StringId& frame : segment.only_frame) {
    if (frame != kNoIndex) frame = segment.name_of[frame];
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
    bytes += segment.samples->memory_bytes() +
             segment.picks.capacity() * sizeof(SamplePick) +
             segment.name_of.capacity() * sizeof(StringId) +
             segment.only_frame.capacity() * sizeof(StringId);
  }
  for (const Tree& tree : data_->trees) {
    bytes += tree.capacity() * sizeof(TreeNode);
  }
  return bytes;
}

}  // namespace pmcp::profile
