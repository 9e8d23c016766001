#include "profile/stack_samples.h"

#include <algorithm>
#include <utility>

namespace pmcp::profile {
namespace {

/// Whether samples are copied, in less memory than they had: their locations
/// have short numbers then. The columns of a large profile are dear to copy.
bool AreCopied(const Profile& profile) {
  constexpr std::size_t kMostLocations = std::size_t{1} << 18;
  return profile.locations.size() < kNoLocation<std::uint16_t> &&
         profile.samples.all_locations().size() <= kMostLocations;
}

std::size_t PackedBytes(const Profile& profile) {
  std::size_t bytes = (profile.lines.size() + profile.locations.size() + 1) *
                      sizeof(std::uint32_t);
  if (!AreCopied(profile)) return bytes;
  const SampleTable& samples = profile.samples;
  return bytes + samples.all_values().size_bytes() +
         samples.size() * sizeof(std::uint32_t) +
         samples.all_locations().size() * sizeof(std::uint16_t);
}

template <typename T, typename From>
std::span<const T> Pack(std::span<const From> column, PackedColumns& packed) {
  const std::span<T> place = packed.Add<T>(column.size());
  // kNoIndex becomes kNoLocation of short numbers; all others are below that.
  std::ranges::transform(column, place.begin(),
                         [](From from) { return static_cast<T>(from); });
  return place;
}

}  // namespace

StackSamples::StackSamples(Profile profile) {
  SharedNames names;
  *this = StackSamples(profile, names);
}

StackSamples::StackSamples(Profile& profile, SharedNames& shared_names)
    : packed_(PackedBytes(profile)) {
  SharedNames::Names names = shared_names.Add(profile);
  names_ = std::move(names.table);
  names_bytes_ = names.memory_bytes;
  TakeSamples(profile, names.of_function);
  all_have_frames_ = AllHaveFrames();
}

// The columns of larger elements are packed before those of smaller ones.
void StackSamples::TakeSamples(Profile& profile,
                               std::span<const StringId> name_of) {
  SampleTable& samples = profile.samples;
  const std::size_t value_count = samples.value_count();
  StackTable::Columns columns;
  if (AreCopied(profile)) {
    columns.values = Pack<std::int64_t>(samples.all_values(), packed_);
    columns.location_ends =
        Pack<std::uint32_t>(samples.all_location_ends(), packed_);
    AddFrames(profile, name_of);
    columns.short_locations =
        Pack<std::uint16_t>(samples.all_locations(), packed_);
    samples.Clear();
  } else {
    AddFrames(profile, name_of);
    large_ = samples.TakeStacks();
    columns.values = large_.values;
    columns.location_ends = large_.location_ends;
    columns.locations = large_.locations;
  }
  samples_ = StackTable(value_count, columns);
}

void StackSamples::AddFrames(const Profile& profile,
                             std::span<const StringId> name_of) {
  const auto starts = packed_.Add<std::uint32_t>(profile.locations.size() + 1);
  const auto frames = packed_.Add<StringId>(profile.lines.size());
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < profile.locations.size(); ++i) {
    starts[i] = count;
    for (const Line& line : profile.LinesOf(profile.locations[i])) {
      if (line.function != kNoIndex) frames[count++] = name_of[line.function];
    }
  }
  starts.back() = count;
  frame_starts_ = starts;
  frames_ = frames.first(count);
}

bool StackSamples::HasAnyFrame(std::uint32_t row) const {
  return samples_.WithLocations([&](auto rows) {
    return std::ranges::any_of(
        rows[row], [&](auto location) { return !FramesOf(location).empty(); });
  });
}

bool StackSamples::AllHaveFrames() const {
  for (std::size_t i = 1; i < frame_starts_.size(); ++i) {
    if (frame_starts_[i] == frame_starts_[i - 1]) return false;
  }
  return samples_.WithLocations([&](auto rows) {
    for (std::size_t row = 0; row < samples_.size(); ++row) {
      // Where a leaf has none, to look further is not worth it.
      const auto locations = rows[row];
      if (locations.empty() || FramesOf(locations[0]).empty()) return false;
    }
    return true;
  });
}

std::size_t StackSamples::memory_bytes() const {
  return names_bytes_ + packed_.memory_bytes() + large_.memory_bytes();
}

}  // namespace pmcp::profile
