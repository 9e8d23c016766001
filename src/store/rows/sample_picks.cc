#include "store/rows/sample_picks.h"

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>

namespace pmcp::store {
namespace {

using profile::StackSamples;

template <typename Ids, typename Id>
bool IsAmong(const Ids& ids, const Id& id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool HasWantedId(const SampleIds& ids, std::uint32_t sample,
                 const source::SampleSelection& selection) {
  if (!selection.span_ids.empty()) {
    const std::uint64_t span = ids.span(sample);
    return span != 0 && IsAmong(selection.span_ids, span);
  }
  if (!selection.trace_ids.empty()) {
    const std::string_view trace = ids.trace(sample);
    return !trace.empty() && IsAmong(selection.trace_ids, trace);
  }
  return true;
}

/// Whether the selection does not depend on the sample.
bool IsForAll(const source::SampleSelection& selection) {
  return selection.span_ids.empty() && selection.trace_ids.empty() &&
         selection.call_site.empty();
}

/// Whether the frames of the stack, from the root on, begin with `call_site`.
/// As in a tree, inlined functions are frames, and locations without lines have
/// none.
bool BeginsAt(const StackSamples& samples, std::uint32_t sample,
              const std::vector<std::string>& call_site) {
  return samples.WithStacks([&](const auto& stacks) {
    std::size_t matched = 0;
    for (const auto location :
         std::views::reverse(stacks.LocationsOf(sample))) {
      const auto frames = stacks.FramesOf(location);
      for (const profile::StringId name : std::views::reverse(frames)) {
        if (matched == call_site.size()) return true;
        if (samples.names()[name] != call_site[matched]) return false;
        ++matched;
      }
    }
    return matched == call_site.size();
  });
}

}  // namespace

void PickSamples(const FileSamples& samples, const FileRow& row,
                 const source::SampleSelection& selection,
                 std::vector<profile::SamplePick>& picks) {
  const StackSamples& stacks = samples.stacks;
  const SampleNumbers& numbers = samples.partitions[row.partition];
  const bool wants_all = IsForAll(selection);
  if (wants_all && picks.empty()) picks.reserve(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint32_t sample = numbers[i];
    const std::int64_t value = stacks.value(sample, row.value_index);
    // A sample may have a value of another type only.
    const bool counts =
        value > 0 || (value < 0 && samples.counting == profile::Counting::kAll);
    if (!counts) continue;
    if (wants_all || (HasWantedId(samples.ids, sample, selection) &&
                      BeginsAt(stacks, sample, selection.call_site))) {
      picks.push_back({sample, value});
    }
  }
}

bool WantsAllOf(const FileSamples& samples, const FileRow& row,
                const source::SampleSelection& selection) {
  return IsForAll(selection) &&
         samples.partitions[row.partition].size() == samples.stacks.size();
}

}  // namespace pmcp::store
