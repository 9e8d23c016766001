#include "profile/stacks/stack_segment.h"

#include <utility>

#include "profile/words/wrapping_add.h"

namespace pmcp::profile {

StackSegment::StackSegment(std::shared_ptr<const StackSamples> samples,
                           std::vector<SamplePick> picks)
    : samples_(std::move(samples)), picks_(std::move(picks)) {
  AddTotal();
}

StackSegment::StackSegment(std::shared_ptr<const StackSamples> samples,
                           std::size_t value_index)
    : samples_(std::move(samples)), value_index_(value_index) {
  AddTotal();
}

void StackSegment::AddTotal() {
  for (std::size_t i = 0; i < size(); ++i) {
    const SamplePick pick = Pick(i);
    if (!Counts(pick) || !samples_->HasFrame(pick.sample)) continue;
    total_ = WrappingAdd(total_, pick.value);
  }
}

std::size_t StackSegment::memory_bytes() const {
  return samples_->memory_bytes() + picks_.capacity() * sizeof(SamplePick);
}

}  // namespace pmcp::profile
