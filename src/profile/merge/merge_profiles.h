// MergedProfiles: samples of any number of profiles as the samples of one.
// Equal functions, mappings, locations and stacks become one, whatever their
// ids. It knows no header: types, times and the like are the caller's matter.
// Not thread-safe.
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

  /// Adds the picked samples without their labels, each with the locations at
  /// its leaf only, `keep_locations` of them. One without any is left out.
  void Add(const Profile& profile, std::span<const SamplePick> picks,
           std::size_t keep_locations = kAllLocations);
  /// Adds all samples with the first of their values.
  void Add(const Profile& profile);

  /// A profile with nothing but the samples, one value each, and what they
  /// refer to, all in the order of the first use; ids count from 1.
  Profile Finish() &&;

 private:
  class Import;

  std::uint32_t MappingFor(const Mapping& mapping);
  std::uint32_t FunctionFor(const Function& function);
  std::uint32_t LocationFor(const Location& location,
                            std::span<const Line> lines);
  void AddStack(std::span<const std::uint32_t> locations, std::int64_t value);

  Profile merged_;
  // What makes two of a kind equal, as bytes: the id of a key is the index in
  // merged_, that of a stack the index in sums_.
  StringTable mapping_keys_;
  StringTable function_keys_;
  StringTable location_keys_;
  StringTable stacks_;
  std::vector<std::int64_t> sums_;
  std::size_t stack_locations_ = 0;  // of all stacks together
};

}  // namespace pmcp::profile
