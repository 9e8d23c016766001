#include "store/pushed/normalize.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "store/pushed/fold_equal_samples.h"
#include "store/pushed/strip_go_shapes.h"

namespace pmcp::store {
namespace {

using profile::Location;
using profile::Profile;
using profile::SampleLabel;
using profile::SampleTable;

/// Whether Pyroscope drops the location: it has neither lines nor an address,
/// or it refers to an unknown mapping or function.
bool IsBroken(const Profile& profile, const Location& location) {
  if (location.line_count == 0 && location.address == 0) return true;
  if (location.mapping == profile::kUnknownMapping) return true;
  return std::ranges::any_of(profile.LinesOf(location), [](const auto& line) {
    return line.function == profile::kNoIndex;
  });
}

/// Has no early exit, so that the compiler vectorizes the loop; mostly there is
/// no such location.
bool HasUnknownLocation(const SampleTable& samples) {
  std::uint32_t is_any = 0;
  for (const std::uint32_t location : samples.all_locations()) {
    is_any |= location == profile::kNoIndex ? 1 : 0;
  }
  return is_any != 0;
}

/// Whether each location is broken; nullopt if no sample refers to a broken
/// one.
std::optional<std::vector<bool>> BrokenLocations(const Profile& profile) {
  const auto is_broken = [&](const Location& location) {
    return IsBroken(profile, location);
  };
  if (std::ranges::none_of(profile.locations, is_broken) &&
      !HasUnknownLocation(profile.samples)) {
    return std::nullopt;
  }
  std::vector<bool> broken;
  broken.reserve(profile.locations.size());
  for (const Location& location : profile.locations) {
    broken.push_back(is_broken(location));
  }
  return broken;
}

bool HasUsableValues(std::span<const std::int64_t> values) {
  const auto negative = [](std::int64_t value) { return value < 0; };
  const auto zero = [](std::int64_t value) { return value == 0; };
  return std::ranges::none_of(values, negative) &&
         !std::ranges::all_of(values, zero);
}

/// A sample with one broken location is dropped: without that frame it would
/// have a different stack.
bool HasUsableStack(std::span<const std::uint32_t> locations,
                    const std::optional<std::vector<bool>>& broken) {
  if (!broken) return true;
  return std::ranges::none_of(locations, [&](std::uint32_t index) {
    return index == profile::kNoIndex || (*broken)[index];
  });
}

bool ByKeyAndValue(const SampleLabel& a, const SampleLabel& b) {
  return std::pair(a.key, a.str) < std::pair(b.key, b.str);
}

bool AreTidy(std::span<const SampleLabel> labels) {
  return std::ranges::all_of(labels,
                             [](const auto& l) { return l.str != 0; }) &&
         std::ranges::is_sorted(labels, ByKeyAndValue);
}

/// Numeric labels, such as the sizes of a heap profile, are dropped.
void TidyLabels(std::span<const SampleLabel> labels,
                std::vector<SampleLabel>& tidy) {
  tidy.assign(labels.begin(), labels.end());
  std::erase_if(tidy, [](const SampleLabel& label) { return label.str == 0; });
  std::ranges::sort(tidy, ByKeyAndValue);
}

/// A fast check that holds for nearly all profiles of one sample type.
bool AllValuesArePositive(const SampleTable& samples) {
  std::int64_t least = 1;
  for (const std::int64_t value : samples.all_values()) {
    least = std::min(least, value);
  }
  return least > 0;
}

/// The samples that are kept, in their order.
std::vector<std::uint32_t> UsableSamples(
    const Profile& profile, const std::optional<std::vector<bool>>& broken) {
  const SampleTable& samples = profile.samples;
  std::vector<std::uint32_t> usable;
  usable.reserve(samples.size());
  for (std::uint32_t sample = 0; sample < samples.size(); ++sample) {
    if (HasUsableValues(samples.values(sample)) &&
        HasUsableStack(samples.locations(sample), broken)) {
      usable.push_back(sample);
    }
  }
  return usable;
}

bool AllLabelsAreTidy(const SampleTable& samples) {
  if (samples.all_labels().empty()) return true;
  for (std::size_t sample = 0; sample < samples.size(); ++sample) {
    if (!AreTidy(samples.labels(sample))) return false;
  }
  return true;
}

void DropAndTidySamples(Profile& profile) {
  const auto broken = BrokenLocations(profile);
  if (broken || !AllValuesArePositive(profile.samples)) {
    profile.samples.KeepSamples(UsableSamples(profile, broken));
  }
  if (AllLabelsAreTidy(profile.samples)) return;

  const SampleTable old = std::exchange(profile.samples, SampleTable());
  profile.samples.SetValueCount(old.value_count());
  std::vector<SampleLabel> tidy;
  for (std::uint32_t sample = 0; sample < old.size(); ++sample) {
    TidyLabels(old.labels(sample), tidy);
    profile.samples.Append(old.locations(sample), old.values(sample), tidy);
  }
}

/// Addresses differ from start to start of a program. If functions are known,
/// they would only keep equal locations from being merged.
void ClearAddresses(Profile& profile) {
  for (Location& location : profile.locations) {
    if (location.mapping < profile.mappings.size() &&
        profile.mappings[location.mapping].has_functions) {
      location.address = 0;
    }
  }
  for (profile::Mapping& mapping : profile.mappings) {
    if (!mapping.has_functions) continue;
    mapping.memory_start = 0;
    mapping.memory_limit = 0;
    mapping.file_offset = 0;
  }
}

}  // namespace

Profile Normalize(Profile profile, std::string_view spy) {
  NormalizeInPlace(profile, spy);
  return profile;
}

void NormalizeInPlace(Profile& profile, std::string_view spy) {
  if (IsGoProfile(profile, spy)) StripGoShapes(profile);
  DropAndTidySamples(profile);
  if (FoldingShows(profile.samples)) FoldEqualSamples(profile.samples);
  ClearAddresses(profile);
}

}  // namespace pmcp::store
