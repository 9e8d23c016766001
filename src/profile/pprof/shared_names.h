// SharedNames: the names of the functions of one profile after the other.
// Profiles of one program have most names in common, which one table holds for
// some dozens of them: less memory, and whoever merges these profiles looks at
// each name once. A large profile gets a table of its own.
//
// Not thread-safe. A table that was given out may grow as long as this object
// lives; nobody else looks into it until then.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "base/raw_vector.h"
#include "profile/pprof/pprof.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

class SharedNames {
 public:
  /// The names of a profile's functions.
  struct Names {
    std::shared_ptr<const StringTable> table;  // with those of other profiles
    std::span<const StringId> of_function;     // until the next call of Add
    /// What the profile is charged for: all of its names, as if nobody else
    /// had them, since it may outlive the others.
    std::size_t memory_bytes = 0;
  };
  Names Add(const Profile& profile);

 private:
  // What outlives the other profiles of a table holds little more than this.
  static constexpr std::size_t kMostProfiles = 64;
  static constexpr std::size_t kMostNames = 4096;
  static constexpr std::size_t kMostBytes = std::size_t{512} << 10;

  Names AddAlone(const Profile& profile);
  StringTable& TableFor(const Profile& profile);

  std::shared_ptr<StringTable> table_;  // null before the first profile
  std::size_t profiles_ = 0;            // that have it
  RawVector<StringId> known_;           // by id in the profile's strings
  RawVector<StringId> of_function_;
};

}  // namespace pmcp::profile
