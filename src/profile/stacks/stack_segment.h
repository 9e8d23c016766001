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

/// Which samples of a profile count.
enum class Counting : std::uint8_t {
  /// Those with a positive value and a frame, as a Pyroscope server counts.
  kPositiveWithFrame,
  /// All but those with the value 0, as pprof counts. Negative values are those
  /// of a difference. A sample without a frame is a part of the total.
  kAll,
};

/// Sums over the samples that count.
struct StackTotals {
  std::int64_t total = 0;
  /// The part of `total` that belongs to no function.
  std::int64_t without_frame = 0;
  /// The sum of absolute values, which the percentages of a difference are of.
  /// Equals `total` unless a value is negative.
  std::int64_t magnitude = 0;

  /// Sums wrap around (wrapping_add.h).
  void Add(const StackTotals& other);
};

class StackSegment {
 public:
  /// Shares `samples` with the cache they came from, which may drop them before
  /// this object ends.
  StackSegment(std::shared_ptr<const StackSamples> samples,
               std::vector<SamplePick> picks,
               Counting counting = Counting::kPositiveWithFrame);
  /// Picks all samples with a value of one type that counts, and that value.
  StackSegment(std::shared_ptr<const StackSamples> samples,
               std::size_t value_index,
               Counting counting = Counting::kPositiveWithFrame);

  /// Makes this what is to be subtracted from other segments, which hold at
  /// least as much of each stack: its values, totals and magnitude are
  /// negative. Only for a segment with a list of picks.
  void Negate();

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
    return !value_index_ || pick.value > 0 ||
           (pick.value < 0 && counting_ == Counting::kAll);
  }
  const StackTotals& totals() const { return totals_; }
  /// Includes the shared samples.
  std::size_t memory_bytes() const;

 private:
  void AddUp();

  std::shared_ptr<const StackSamples> samples_;
  // Without it the picks are in picks_.
  std::optional<std::size_t> value_index_;
  std::vector<SamplePick> picks_;
  Counting counting_;
  StackTotals totals_;
};

}  // namespace pmcp::profile
