// StackSamples: of one profile what questions about stacks need, which is less
// than half of it in memory: the samples without their labels, and the names
// of the functions that each location stands for. Immutable; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "profile/packed_columns.h"
#include "profile/pprof.h"
#include "profile/shared_names.h"
#include "profile/stack_table.h"
#include "profile/string_table.h"

namespace pmcp::profile {

class StackSamples {
 public:
  StackSamples() = default;
  explicit StackSamples(Profile profile);
  /// Takes the samples out of `profile`; everything else stays there, and
  /// sometimes room for other samples.
  StackSamples(Profile& profile, SharedNames& names);

  /// Rows and locations are those of the profile.
  const StackTable& samples() const { return samples_; }
  /// Of all functions of the profile (not their system names), and of others.
  /// Names may be equal. Other samples may have the same table.
  const StringTable& names() const { return *names_; }

  /// Ids of names(), leaf first, inlined functions included. A location without
  /// lines has none, and neither has kNoLocation.
  template <typename Id>
  std::span<const StringId> FramesOf(Id location) const {
    if (location == kNoLocation<Id>) return {};
    return frames().subspan(
        frame_starts_[location],
        frame_starts_[location + 1] - frame_starts_[location]);
  }
  /// Those of all locations, one behind the other, and where each begins, with
  /// the end of the last one behind.
  std::span<const StringId> frames() const { return frames_; }
  std::span<const std::uint32_t> frame_starts() const { return frame_starts_; }
  /// Whether there is one on the stack of a sample.
  bool HasFrame(std::uint32_t row) const {
    return all_have_frames_ || HasAnyFrame(row);
  }
  std::size_t memory_bytes() const;

 private:
  void TakeSamples(Profile& profile, std::span<const StringId> name_of);
  void AddFrames(const Profile& profile, std::span<const StringId> name_of);
  bool HasAnyFrame(std::uint32_t row) const;
  bool AllHaveFrames() const;

  std::shared_ptr<const StringTable> names_;
  std::size_t names_bytes_ = 0;
  // What follows is in these.
  PackedColumns packed_;
  SampleTable::StackColumns large_;
  StackTable samples_;
  std::span<const StringId> frames_;
  std::span<const std::uint32_t> frame_starts_;
  bool all_have_frames_ = false;  // all stacks, as in nearly all profiles
};

}  // namespace pmcp::profile
