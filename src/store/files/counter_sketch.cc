#include "store/files/counter_sketch.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/hash.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::store {
namespace {

using profile::Profile;

constexpr std::array<std::string_view, 4> kCounterTypes = {
    "alloc_objects", "alloc_space", "contentions", "delay"};

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether a word of the file's name is "delta": "delta-heap.pprof",
/// "delta_mutex".
bool IsNamedDelta(std::string_view path) {
  constexpr std::string_view kDelta = "delta";
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t at = name.find(kDelta);
  if (at == std::string_view::npos) return false;
  const std::size_t end = at + kDelta.size();
  return (at == 0 || !IsLetter(name[at - 1])) &&
         (end == name.size() || !IsLetter(name[end]));
}

std::optional<std::size_t> LastCounter(const Profile& profile) {
  for (std::size_t i = profile.sample_types.size(); i-- > 0;) {
    if (IsCounterType(profile.strings[profile.sample_types[i].type])) return i;
  }
  return std::nullopt;
}

std::uint64_t VdsoOf(const Profile& profile) {
  for (const profile::Mapping& mapping : profile.mappings) {
    if (profile.strings[mapping.filename] == "[vdso]") {
      return mapping.memory_start;
    }
  }
  return 0;
}

/// For each location, a hash of the names of its functions.
std::vector<std::uint64_t> HashLocations(const Profile& profile) {
  std::vector<std::uint64_t> functions;
  for (const profile::Function& function : profile.functions) {
    functions.push_back(HashBytes(profile.strings[function.name], 0));
  }
  std::vector<std::uint64_t> locations;
  for (const profile::Location& location : profile.locations) {
    std::uint64_t& hash = locations.emplace_back(0);
    for (const profile::Line& line : profile.LinesOf(location)) {
      hash = MixBits(hash + functions[line.function]);
    }
  }
  return locations;
}

}  // namespace

bool IsCounterType(std::string_view sample_type) {
  return std::ranges::find(kCounterTypes, sample_type) != kCounterTypes.end();
}

CounterSketch SketchCounters(const Profile& profile, std::string_view path,
                             std::string_view profile_name) {
  constexpr std::string_view kDeltaName = "godeltaprof_";
  const auto counter = LastCounter(profile);
  if (!counter || profile.duration_nanos > 0 || IsNamedDelta(path) ||
      profile_name.starts_with(kDeltaName)) {
    return {};
  }
  const std::vector<std::uint64_t> locations = HashLocations(profile);
  std::unordered_map<std::uint64_t, std::int64_t> sums;
  for (std::size_t i = 0; i < profile.samples.size(); ++i) {
    const std::int64_t value = profile.samples.values(i)[*counter];
    if (value < 0) return {};
    if (value == 0) continue;
    std::uint64_t hash = 0;
    for (const std::uint32_t location : profile.samples.locations(i)) {
      if (location == profile::kNoIndex) continue;
      hash = MixBits(hash + locations[location]);
    }
    std::int64_t& sum = sums[hash];
    sum = profile::WrappingAdd(sum, value);
  }
  CounterSketch sketch;
  for (const auto& [hash, sum] : sums) sketch.stacks.push_back({hash, sum});
  sketch.vdso = VdsoOf(profile);
  std::ranges::sort(sketch.stacks, {}, &CounterSketch::Stack::hash);
  if (sketch.stacks.size() > kMostSketched) {
    sketch.stacks.resize(kMostSketched);
    sketch.stacks.shrink_to_fit();
  }
  return sketch;
}

bool Continues(const CounterSketch& later, const CounterSketch& earlier) {
  const bool is_whole = later.stacks.size() < kMostSketched;
  auto at = later.stacks.begin();
  for (const CounterSketch::Stack& stack : earlier.stacks) {
    at = std::lower_bound(
        at, later.stacks.end(), stack.hash,
        [](const auto& a, std::uint64_t hash) { return a.hash < hash; });
    // Behind the last stack of a full sketch there may be more.
    if (at == later.stacks.end()) return !is_whole;
    if (at->hash != stack.hash || at->value < stack.value) return false;
  }
  return true;
}

}  // namespace pmcp::store
