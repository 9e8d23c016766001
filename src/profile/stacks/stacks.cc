#include "profile/stacks/stacks.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/parallel_for.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::profile {

Stacks::Data& Stacks::Changeable() {
  PMCP_CHECK(data_.use_count() == 1);
  return *data_;
}

void Stacks::Add(StackSegment segment) {
  Data& data = Changeable();
  const StringTable& names = segment.samples().names();
  std::vector<StringId>& name_of = NameMapOf(names).names;
  RawVector<StringId> frames;
  segment.samples().WithStacks([&](const auto& stacks) {
    frames.resize(stacks.frames.size() + kFewFrames);
    auto place = frames.begin();
    for (const StringId name : stacks.frames) {
      StringId& ours = name_of[name];
      if (ours == kNoIndex) ours = data.names.Intern(names[name]);
      *place++ = ours;
    }
  });
  data.totals.Add(segment.totals());
  data.picks += segment.size();
  data.segments.push_back({std::move(segment), std::move(frames)});
}

Stacks::NameMap& Stacks::NameMapOf(const StringTable& table) {
  // At least as many as threads that read files, which have a table each.
  constexpr std::size_t kMostMaps = 16;
  std::vector<NameMap>& maps = data_->name_maps;
  const auto known = std::ranges::find(maps, &table, &NameMap::table);
  if (known != maps.end()) return *known;
  if (maps.size() < kMostMaps) maps.emplace_back();
  NameMap& map = maps[data_->name_maps_made++ % kMostMaps];
  map.table = &table;
  map.names.assign(table.size(), kNoIndex);
  return map;
}

void Stacks::AddTree(StackTree tree) {
  Data& data = Changeable();
  const std::vector<StringId> ids = TakeNames(tree);
  Tree& nodes = data.trees.emplace_back();
  nodes.reserve(tree.size());
  nodes.push_back({0, StackTree::kRoot, tree.self(StackTree::kRoot)});
  for (NodeId node = 1; node < tree.size(); ++node) {
    const StringId name = tree.name(node);
    nodes.push_back(
        {ids.empty() ? name : ids[name], tree.parent(node), tree.self(node)});
  }
  const std::int64_t total = tree.total();
  data.totals.Add({.total = total, .without_frame = 0, .magnitude = total});
}

/// Adds the names of `tree` and returns their ids here; an empty vector if the
/// ids do not change.
std::vector<StringId> Stacks::TakeNames(StackTree& tree) {
  if (!empty()) return data_->names.InternAll(tree.names());
  data_->names = std::move(tree.names());
  return {};
}

void Stacks::ForEach(const Visitor& visit) const {
  // Without a stop token and a deadline there is no error to report.
  static_cast<void>(ForEach(visit, CallContext()));
}

Result<void> Stacks::ForEach(const Visitor& visit,
                             const CallContext& call) const {
  std::vector<StringId> frames;
  const auto visit_from_root = [&](std::span<const StringId> from_leaf,
                                   std::int64_t value) {
    frames.assign(from_leaf.rbegin(), from_leaf.rend());
    visit(frames, value);
  };
  PMCP_TRY_VOID(call.Check());
  return ForEachLeafFirst(0, 1, visit_from_root, call);
}

std::size_t Stacks::PartsForThreads() const {
  // Some milliseconds of work, which outweigh the start of a thread.
  constexpr std::size_t kStacksPerThread = 16'384;
  return std::clamp<std::size_t>(data_->picks / kStacksPerThread, 1,
                                 ProcessorCount());
}

std::span<const StringId> Stacks::FrameBuffer::Fill(const Tree& tree,
                                                    const TreeNode& leaf) {
  std::size_t size = 0;
  const TreeNode* const root = &tree[StackTree::kRoot];
  for (auto* node = &leaf; node != root; node = &tree[node->parent]) {
    Reserve(size + 1);
    frames_[size++] = node->name;
  }
  return std::span(frames_).first(size);
}

StackTree Stacks::ToTree() const {
  StackTree tree;
  // Copies all names in the order of their ids, so that ids do not change.
  tree.names().Reserve(data_->names.size());
  for (StringId id = 0; id < data_->names.size(); ++id) {
    tree.names().Append(data_->names[id]);
  }
  ForEach([&](std::span<const StringId> frames, std::int64_t value) {
    tree.AddStack(frames, value);
  });
  return tree;
}

std::size_t Stacks::memory_bytes() const {
  std::size_t bytes = data_->names.memory_bytes();
  for (const Segment& segment : data_->segments) {
    bytes += segment.picks.memory_bytes() +
             segment.frames.capacity() * sizeof(StringId);
  }
  for (const Tree& tree : data_->trees) {
    bytes += tree.capacity() * sizeof(TreeNode);
  }
  for (const NameMap& map : data_->name_maps) {
    bytes += map.names.capacity() * sizeof(StringId);
  }
  return bytes;
}

}  // namespace pmcp::profile
