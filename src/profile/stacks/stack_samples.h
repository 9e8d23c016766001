// StackSamples: of one profile what questions about stacks need, which is less
// than half of it in memory: the samples without their labels, and the names
// of the functions that each location stands for. Immutable; thread-safe.
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
  /// Takes the samples out of `profile`; everything else stays there, and
  /// sometimes room for other samples.
  StackSamples(Profile& profile, SharedNames& names);

  /// Rows are those of the profile, and so are the values.
  std::size_t size() const { return size_; }
  std::size_t value_count() const { return value_count_; }
  std::int64_t value(std::size_t sample, std::size_t type) const {
    return static_cast<std::int64_t>(values_[sample * value_count_ + type]);
  }
  /// Of all functions of the profile (not their system names), and of others.
  /// Names may be equal. Other samples may have the same table.
  const StringTable& names() const { return *names_; }
  /// What `use` makes of the stacks, which it takes in either width. Locations
  /// are those of the profile, frames ids of names().
  template <typename Use>
  decltype(auto) WithStacks(Use use) const {
    return has_short_numbers_ ? use(short_stacks_) : use(stacks_);
  }
  /// Whether there is a frame on the stack of a sample.
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
  // What follows is in one of these.
  ColumnArena arena_;
  SampleTable::StackData taken_;
  std::size_t size_ = 0;
  std::size_t value_count_ = 0;
  NumberColumn values_;
  StackColumns<std::uint32_t> stacks_;
  StackColumns<std::uint16_t> short_stacks_;
  bool has_short_numbers_ = false;
  bool all_have_frames_ = false;  // all stacks, as in nearly all profiles
};

}  // namespace pmcp::profile
