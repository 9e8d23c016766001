// TypeJoin: one profile of several sample types from the answers of a server,
// which have one type each. Not thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "profile/merge/file_merge.h"
#include "profile/pprof/pprof.h"
#include "profile/words/profile_type.h"

namespace pmcp::profile {

class TypeJoin {
 public:
  /// `types` are those of the profiles that follow, in the same order.
  explicit TypeJoin(std::vector<ProfileType> types)
      : types_(std::move(types)) {}

  /// Adds the profile of the next type, which has one value per sample.
  void Add(Profile profile);
  /// Equal stacks of the profiles are one sample with the values of all types.
  /// The default type is the one that pprof shows of such a profile.
  Result<Profile> Finish() &&;

 private:
  std::vector<ProfileType> types_;
  std::size_t next_ = 0;
  FileMerge merge_;
};

}  // namespace pmcp::profile
