#include "profile/merge/truncate_samples.h"

#include <span>
#include <utility>
#include <vector>

#include "profile/merge/merge_profiles.h"
#include "profile/stacks/stack_tree.h"
#include "profile/stacks/truncate.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

// The functions of all samples as a tree. Its "names" are indices into
// Profile::functions: two functions of one name are two here.
class FunctionTree {
 public:
  explicit FunctionTree(const Profile& profile) {
    for (std::size_t sample = 0; sample < profile.samples.size(); ++sample) {
      AddSample(profile, sample);
    }
  }

  std::int64_t Threshold(std::int64_t max_nodes) const {
    return TruncationThreshold(tree_, max_nodes);
  }

  /// How many functions of a sample reach `threshold`: the first so many from
  /// the root, as no function costs more than its caller.
  std::size_t KeptFrames(std::size_t sample, std::int64_t threshold) const {
    NodeId node = leaf_of_[sample];
    while (node != StackTree::kRoot && tree_.total(node) < threshold) {
      node = tree_.parent(node);
    }
    std::size_t kept = 0;
    for (; node != StackTree::kRoot; node = tree_.parent(node)) ++kept;
    return kept;
  }

  bool IsWhole(std::size_t sample, std::int64_t threshold) const {
    const NodeId leaf = leaf_of_[sample];
    return leaf != StackTree::kRoot && tree_.total(leaf) >= threshold;
  }

 private:
  void AddSample(const Profile& profile, std::size_t sample) {
    NodeId node = StackTree::kRoot;
    const auto locations = profile.samples.locations(sample);
    for (auto leaf = locations.rbegin(); leaf != locations.rend(); ++leaf) {
      const auto lines = profile.LinesOf(profile.locations[*leaf]);
      for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        node = tree_.Child(node, line->function);
      }
    }
    tree_.AddSelf(node, profile.samples.values(sample).front());
    leaf_of_.push_back(node);
  }

  StackTree tree_;
  std::vector<NodeId> leaf_of_;  // of each sample
};

/// A location that stands for what was cut. Profiles that were merged have a
/// mapping for every location, so there is one.
std::uint32_t AddCutLocation(Profile& profile) {
  const StringId name = profile.strings.Intern(kCutName);
  const auto function = static_cast<std::uint32_t>(profile.functions.size());
  const auto location = static_cast<std::uint32_t>(profile.locations.size());
  const auto line = static_cast<std::uint32_t>(profile.lines.size());
  profile.functions.push_back({.name = name, .system_name = name});
  profile.lines.push_back({.function = function});
  profile.locations.push_back(
      {.mapping = 0, .first_line = line, .line_count = 1});
  return location;
}

/// The locations at the root of a stack that hold its first `kept_frames`
/// functions and the next one, and what is between them.
std::size_t KeptLocations(const Profile& profile,
                          std::span<const std::uint32_t> stack,
                          std::size_t kept_frames) {
  std::size_t frames = 0;
  std::size_t kept = 0;
  while (kept < stack.size() && frames <= kept_frames) {
    ++kept;
    frames += profile.locations[stack[stack.size() - kept]].line_count;
  }
  return kept;
}

}  // namespace

Profile TruncateSamples(Profile merged, std::int64_t max_nodes) {
  if (max_nodes < 1) return merged;
  const FunctionTree tree(merged);
  const std::int64_t threshold = tree.Threshold(max_nodes);
  if (threshold == 0) return merged;

  const SampleTable samples = std::exchange(merged.samples, {});
  merged.samples.SetValueCount(1);
  const std::uint32_t other = AddCutLocation(merged);
  std::vector<std::uint32_t> stack;
  for (std::size_t sample = 0; sample < samples.size(); ++sample) {
    const auto locations = samples.locations(sample);
    std::size_t kept = locations.size();
    if (!tree.IsWhole(sample, threshold)) {
      const std::size_t frames = tree.KeptFrames(sample, threshold);
      kept = frames == 0 ? 0 : KeptLocations(merged, locations, frames);
    }
    stack.clear();
    if (kept < locations.size()) stack.push_back(other);
    const auto rest = locations.last(kept);
    stack.insert(stack.end(), rest.begin(), rest.end());
    merged.samples.Append(stack, samples.values(sample), {});
  }
  // Stacks have become equal, and locations have lost their use.
  MergedProfiles again;
  again.Add(merged);
  return std::move(again).Finish();
}

}  // namespace pmcp::profile
