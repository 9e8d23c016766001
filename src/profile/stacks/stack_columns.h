// StackColumns: the stacks of a profile, as lists of locations, and the frames
// that each location stands for; all in numbers of one width. A view of columns
// that StackSamples holds.
#pragma once

#include <cstddef>
#include <span>

#include "profile/pprof/pprof.h"
#include "profile/stacks/number_column.h"

namespace pmcp::profile {

template <typename Id>
struct StackColumns {
  /// Of all samples, leaf first, one behind the other, and where each sample
  /// ends.
  std::span<const Id> locations;
  NumberColumn location_ends;
  /// Ids of names of all locations, leaf first, one behind the other, and where
  /// those of each location begin, with the end of the last one behind.
  std::span<const Id> frames;
  std::span<const Id> frame_starts;

  std::span<const Id> LocationsOf(std::size_t sample) const {
    const std::size_t begin = sample == 0 ? 0 : location_ends[sample - 1];
    return {locations.data() + begin, locations.data() + location_ends[sample]};
  }
  /// Inlined functions included. A location without lines has none, and neither
  /// has kNoLocation.
  std::span<const Id> FramesOf(Id location) const {
    if (location == kNoLocation<Id>) return {};
    const std::size_t begin = frame_starts[location];
    return frames.subspan(begin, frame_starts[location + 1u] - begin);
  }
};

}  // namespace pmcp::profile
