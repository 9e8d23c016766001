// MergedProfiles: merges the samples of any number of profiles into one
// profile. Equal functions, mappings, locations and stacks become one,
// regardless of their ids. The caller sets the other fields of the result, such
// as types and times. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

class MergedProfiles {
 public:
  static constexpr std::size_t kAllLocations =
      std::numeric_limits<std::size_t>::max();

  MergedProfiles();

  /// Adds the picked samples without their labels. Keeps the `keep_locations`
  /// locations next to the leaf of each. Skips samples without locations.
  void Add(const Profile& profile, std::span<const SamplePick> picks,
           std::size_t keep_locations = kAllLocations);
  /// Adds all samples with their first values.
  void Add(const Profile& profile);

  /// A profile with the samples, which have one value each, and the entities
  /// that they refer to, in the order of their first use. Ids count from 1.
  Profile Finish() &&;

 private:
  class Import;

  std::uint32_t MappingFor(const Mapping& mapping);
  std::uint32_t FunctionFor(const Function& function);
  std::uint32_t LocationFor(const Location& location,
                            std::span<const Line> lines);
  void AddStack(std::span<const std::uint32_t> locations, std::int64_t value);

  Profile merged_;
  // The fields by which entities are compared, as bytes. The id of a key is the
  // entity's index in merged_, or the stack's index in sums_.
  StringTable mapping_keys_;
  StringTable function_keys_;
  StringTable location_keys_;
  StringTable stacks_;
  std::vector<std::int64_t> sums_;
  std::size_t stack_locations_ = 0;  // sum over all stacks
};

}  // namespace pmcp::profile
