// StackSegment: the picked samples of one profile, which Stacks merges with
// others. Making one walks over all picks, on any thread. Immutable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "profile/stacks/stack_samples.h"

namespace pmcp::profile {

/// One sample of a profile and the value it counts with.
struct SamplePick {
  std::uint32_t sample = 0;
  std::int64_t value = 0;
};

class StackSegment {
 public:
  /// Shares `samples` with the cache they came from, which may drop them before
  /// this object ends.
  StackSegment(std::shared_ptr<const StackSamples> samples,
               std::vector<SamplePick> picks);
  /// Picks all samples with a positive value of one type, and that value.
  StackSegment(std::shared_ptr<const StackSamples> samples,
               std::size_t value_index);

  const StackSamples& samples() const { return *samples_; }
  /// Picks, including those that do not count.
  std::size_t size() const {
    return value_index_ ? samples_->size() : picks_.size();
  }
  SamplePick Pick(std::size_t i) const {
    if (!value_index_) return picks_[i];
    return {static_cast<std::uint32_t>(i), samples_->value(i, *value_index_)};
  }
  bool Counts(const SamplePick& pick) const {
    return !value_index_ || pick.value > 0;
  }
  /// Sum of the values of all picks that count and have a frame.
  std::int64_t total() const { return total_; }
  /// Includes the shared samples.
  std::size_t memory_bytes() const;

 private:
  void AddTotal();

  std::shared_ptr<const StackSamples> samples_;
  // Without it the picks are in picks_.
  std::optional<std::size_t> value_index_;
  std::vector<SamplePick> picks_;
  std::int64_t total_ = 0;
};

}  // namespace pmcp::profile
