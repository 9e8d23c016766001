// StackColumns: the stacks of a profile as lists of locations, and the frames
// of each location, all in numbers of one width. A view of columns that
// StackSamples owns.
#pragma once

#include <cstddef>
#include <span>

#include "profile/pprof/pprof.h"
#include "profile/stacks/number_column.h"

namespace pmcp::profile {

template <typename Id>
struct StackColumns {
  /// The locations of all samples, leaf first, and the end of each sample in
  /// this list.
  std::span<const Id> locations;
  NumberColumn location_ends;
  /// The frames of all locations as ids of names, leaf first, and the start of
  /// each location in this list, followed by the end of the list.
  std::span<const Id> frames;
  std::span<const Id> frame_starts;

  std::span<const Id> LocationsOf(std::size_t sample) const {
    const std::size_t begin = sample == 0 ? 0 : location_ends[sample - 1];
    return {locations.data() + begin, locations.data() + location_ends[sample]};
  }
  /// Includes inlined functions. Empty for a location without lines and for
  /// kNoLocation.
  std::span<const Id> FramesOf(Id location) const {
    if (location == kNoLocation<Id>) return {};
    const std::size_t begin = frame_starts[location];
    return frames.subspan(begin, frame_starts[location + 1u] - begin);
  }
};

}  // namespace pmcp::profile
