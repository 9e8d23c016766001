// StackSamples: of one profile what questions about stacks need, which is less
// than half of it in memory: the samples without their labels, and the names
// of the functions that each location stands for. Immutable; thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/raw_vector.h"
#include "profile/pprof.h"
#include "profile/string_table.h"

namespace pmcp::profile {

class StackSamples {
 public:
  StackSamples() = default;
  explicit StackSamples(const Profile& profile);
  /// Takes the samples out of `profile`; everything else stays there.
  explicit StackSamples(Profile&& profile);

  /// Rows and locations are those of the profile.
  const SampleTable& samples() const { return samples_; }
  /// Of all functions of the profile. Names (not system names) may be equal.
  const StringTable& names() const { return names_; }

  /// Ids of names(), root first, inlined functions included. A location without
  /// lines has none, and neither has kNoIndex.
  std::span<const StringId> FramesOf(std::uint32_t location) const;
  bool HasFrame(std::span<const std::uint32_t> locations) const;
  std::size_t location_count() const { return frame_ends_.size(); }

  std::size_t memory_bytes() const;

 private:
  StackSamples(const Profile& profile, SampleTable samples);
  void AddNames(const Profile& profile, RawVector<StringId>& name_of);
  void AddFrames(const Profile& profile, std::span<const StringId> name_of);

  StringTable names_;
  // Frames of location i: frames_[frame_ends_[i - 1], frame_ends_[i]).
  RawVector<StringId> frames_;
  RawVector<std::uint32_t> frame_ends_;
  SampleTable samples_;
};

inline std::span<const StringId> StackSamples::FramesOf(
    std::uint32_t location) const {
  if (location == kNoIndex) return {};
  const std::size_t begin = location == 0 ? 0 : frame_ends_[location - 1];
  return std::span(frames_).subspan(begin, frame_ends_[location] - begin);
}

inline bool StackSamples::HasFrame(
    std::span<const std::uint32_t> locations) const {
  return std::any_of(locations.begin(), locations.end(),
                     [this](auto l) { return !FramesOf(l).empty(); });
}

}  // namespace pmcp::profile
