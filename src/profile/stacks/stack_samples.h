// StackSamples: the samples of one profile without their labels, and the names
// of the functions of each location. This is all that questions about stacks
// need, and less than half of the profile's memory. Immutable; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "profile/pprof/pprof.h"
#include "profile/pprof/shared_names.h"
#include "profile/stacks/column_arena.h"
#include "profile/stacks/number_column.h"
#include "profile/stacks/stack_columns.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

class StackSamples {
 public:
  StackSamples() = default;
  explicit StackSamples(Profile profile);
  /// Takes the samples out of `profile` and keeps everything else there,
  /// sometimes with memory for other samples.
  StackSamples(Profile& profile, SharedNames& names);

  /// Samples and values have the indices that they have in the profile.
  std::size_t size() const { return size_; }
  std::size_t value_count() const { return value_count_; }
  std::int64_t value(std::size_t sample, std::size_t type) const {
    return static_cast<std::int64_t>(values_[sample * value_count_ + type]);
  }
  /// The names of all functions of the profile (not their system names), and of
  /// other profiles that share the table. Names may be equal.
  const StringTable& names() const { return *names_; }
  /// Returns `use(stacks)`, where `stacks` is a StackColumns of either width.
  /// Locations are those of the profile, frames are ids of names().
  template <typename Use>
  decltype(auto) WithStacks(Use use) const {
    return has_short_numbers_ ? use(short_stacks_) : use(stacks_);
  }
  /// Whether the stack of a sample has a frame.
  bool HasFrame(std::uint32_t sample) const {
    return all_have_frames_ || HasAnyFrame(sample);
  }
  std::size_t memory_bytes() const;

 private:
  void CopySamples(SampleTable& samples, std::size_t value_width);
  void TakeSamples(SampleTable& samples);
  template <typename Id>
  void AddFrames(const Profile& profile, std::span<const StringId> name_of,
                 StackColumns<Id>& stacks);
  bool HasAnyFrame(std::uint32_t sample) const;
  bool AllHaveFrames() const;

  std::shared_ptr<const StringTable> names_;
  std::size_t names_bytes_ = 0;
  // The storage of all columns below: arena_, or both.
  ColumnArena arena_;
  SampleTable::StackData taken_;
  std::size_t size_ = 0;
  std::size_t value_count_ = 0;
  NumberColumn values_;
  StackColumns<std::uint32_t> stacks_;
  StackColumns<std::uint16_t> short_stacks_;
  bool has_short_numbers_ = false;
  bool all_have_frames_ = false;  // true for nearly all profiles
};

}  // namespace pmcp::profile
