#include "profile/stacks/stack_segment.h"

#include <utility>

#include "profile/words/wrapping_add.h"

namespace pmcp::profile {

namespace {

std::int64_t Negated(std::int64_t value) { return WrappingSubtract(0, value); }

}  // namespace

void StackTotals::Add(const StackTotals& other) {
  total = WrappingAdd(total, other.total);
  without_frame = WrappingAdd(without_frame, other.without_frame);
  magnitude = WrappingAdd(magnitude, other.magnitude);
}

StackSegment::StackSegment(std::shared_ptr<const StackSamples> samples,
                           std::vector<SamplePick> picks, Counting counting)
    : samples_(std::move(samples)),
      picks_(std::move(picks)),
      counting_(counting) {
  AddUp();
}

StackSegment::StackSegment(std::shared_ptr<const StackSamples> samples,
                           std::size_t value_index, Counting counting)
    : samples_(std::move(samples)),
      value_index_(value_index),
      counting_(counting) {
  AddUp();
}

void StackSegment::AddUp() {
  const bool counts_all = counting_ == Counting::kAll;
  for (std::size_t i = 0; i < size(); ++i) {
    const SamplePick pick = Pick(i);
    if (!Counts(pick)) continue;
    if (!samples_->HasFrame(pick.sample)) {
      if (!counts_all) continue;
      totals_.without_frame = WrappingAdd(totals_.without_frame, pick.value);
    }
    totals_.total = WrappingAdd(totals_.total, pick.value);
    totals_.magnitude = pick.value < 0
                            ? WrappingSubtract(totals_.magnitude, pick.value)
                            : WrappingAdd(totals_.magnitude, pick.value);
  }
}

void StackSegment::Negate() {
  for (SamplePick& pick : picks_) pick.value = Negated(pick.value);
  totals_ = {.total = Negated(totals_.total),
             .without_frame = Negated(totals_.without_frame),
             .magnitude = Negated(totals_.magnitude)};
}

std::size_t StackSegment::memory_bytes() const {
  return samples_->memory_bytes() + picks_.capacity() * sizeof(SamplePick);
}

}  // namespace pmcp::profile
