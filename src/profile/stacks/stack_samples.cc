#include "profile/stacks/stack_samples.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace pmcp::profile {
namespace {

using Short = std::uint16_t;
constexpr std::size_t kMostShort = std::numeric_limits<Short>::max();

/// Whether short numbers are enough, and the columns of samples not so large
/// that it is dear to copy them.
bool HasShortNumbers(const Profile& profile, const StringTable& names) {
  constexpr std::size_t kMostLocations = std::size_t{1} << 18;
  return profile.locations.size() < kNoLocation<Short> &&
         profile.lines.size() <= kMostShort && names.size() <= kMostShort &&
         profile.samples.all_locations().size() <= kMostLocations;
}

/// Negative values count as large.
std::size_t WidthOf(std::span<const std::int64_t> values) {
  std::uint64_t largest = 0;
  for (const std::int64_t value : values) {
    largest = std::max(largest, static_cast<std::uint64_t>(value));
  }
  return NumberColumn::WidthFor(largest);
}

/// What AddFrames takes.
template <typename Id>
std::size_t FrameBytes(const Profile& profile) {
  return ColumnArena::BytesFor(profile.lines.size(), sizeof(Id)) +
         ColumnArena::BytesFor(profile.locations.size() + 1, sizeof(Id));
}

/// What CopySamples takes, with values of so many bytes.
std::size_t SampleBytes(const SampleTable& samples, std::size_t value_width) {
  const std::size_t locations = samples.all_locations().size();
  return ColumnArena::BytesFor(samples.all_values().size(), value_width) +
         ColumnArena::BytesFor(samples.size(),
                               NumberColumn::WidthFor(locations)) +
         ColumnArena::BytesFor(locations, sizeof(Short));
}

template <typename T, typename From>
std::span<const T> Copy(std::span<const From> column, ColumnArena& arena) {
  const std::span<T> copy = arena.Add<T>(column.size());
  // kNoIndex becomes kNoLocation of short numbers; all others are below that.
  std::ranges::transform(column, copy.begin(),
                         [](From from) { return static_cast<T>(from); });
  return copy;
}

template <typename From>
NumberColumn Narrow(std::span<const From> column, std::size_t width,
                    ColumnArena& arena) {
  switch (width) {
    case 2:
      return NumberColumn(Copy<std::uint16_t>(column, arena));
    case 4:
      return NumberColumn(Copy<std::uint32_t>(column, arena));
    default:
      return NumberColumn(Copy<std::uint64_t>(column, arena));
  }
}

}  // namespace

StackSamples::StackSamples(Profile profile) {
  SharedNames names;
  *this = StackSamples(profile, names);
}

StackSamples::StackSamples(Profile& profile, SharedNames& shared_names)
    : size_(profile.samples.size()),
      value_count_(profile.samples.value_count()) {
  SharedNames::Names names = shared_names.Add(profile);
  names_ = std::move(names.table);
  names_bytes_ = names.memory_bytes;
  has_short_numbers_ = HasShortNumbers(profile, *names_);
  if (has_short_numbers_) {
    const std::size_t value_width = WidthOf(profile.samples.all_values());
    arena_ = ColumnArena(SampleBytes(profile.samples, value_width) +
                         FrameBytes<Short>(profile));
    CopySamples(profile.samples, value_width);
    AddFrames(profile, names.of_function, short_stacks_);
  } else {
    arena_ = ColumnArena(FrameBytes<std::uint32_t>(profile));
    TakeSamples(profile.samples);
    AddFrames(profile, names.of_function, stacks_);
  }
  all_have_frames_ = AllHaveFrames();
}

void StackSamples::CopySamples(SampleTable& samples, std::size_t value_width) {
  const auto locations = samples.all_locations();
  values_ = Narrow(samples.all_values(), value_width, arena_);
  short_stacks_.location_ends =
      Narrow(samples.all_location_ends(),
             NumberColumn::WidthFor(locations.size()), arena_);
  short_stacks_.locations = Copy<Short>(locations, arena_);
  samples.Clear();
}

void StackSamples::TakeSamples(SampleTable& samples) {
  taken_ = samples.TakeStacks();
  values_ = NumberColumn(std::span<const std::int64_t>(taken_.values));
  stacks_.locations = taken_.locations;
  stacks_.location_ends =
      NumberColumn(std::span<const std::uint32_t>(taken_.location_ends));
}

template <typename Id>
void StackSamples::AddFrames(const Profile& profile,
                             std::span<const StringId> name_of,
                             StackColumns<Id>& stacks) {
  const auto starts = arena_.Add<Id>(profile.locations.size() + 1);
  const auto frames = arena_.Add<Id>(profile.lines.size());
  Id count = 0;
  for (std::size_t i = 0; i < profile.locations.size(); ++i) {
    starts[i] = count;
    for (const Line& line : profile.LinesOf(profile.locations[i])) {
      if (line.function == kNoIndex) continue;
      frames[count++] = static_cast<Id>(name_of[line.function]);
    }
  }
  starts.back() = count;
  stacks.frame_starts = starts;
  stacks.frames = frames.first(count);
}

bool StackSamples::HasAnyFrame(std::uint32_t sample) const {
  return WithStacks([&](const auto& stacks) {
    return std::ranges::any_of(stacks.LocationsOf(sample), [&](auto location) {
      return !stacks.FramesOf(location).empty();
    });
  });
}

bool StackSamples::AllHaveFrames() const {
  return WithStacks([&](const auto& stacks) {
    const auto starts = stacks.frame_starts;
    for (std::size_t i = 1; i < starts.size(); ++i) {
      if (starts[i] == starts[i - 1]) return false;
    }
    for (std::size_t sample = 0; sample < size_; ++sample) {
      // Where a leaf has none, to look further is not worth it.
      const auto locations = stacks.LocationsOf(sample);
      if (locations.empty() || stacks.FramesOf(locations[0]).empty()) {
        return false;
      }
    }
    return true;
  });
}

std::size_t StackSamples::memory_bytes() const {
  return names_bytes_ + arena_.memory_bytes() + taken_.memory_bytes();
}

}  // namespace pmcp::profile
