// SharedNames: tables of function names that several profiles share. Profiles
// of one program have most names in common. A shared table saves memory, and a
// merge of these profiles looks up each name once. A large profile gets its own
// table.
//
// Not thread-safe. A returned table may grow while this object lives; it is not
// read by other threads until then.
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
  /// The names of the functions of one profile.
  struct Names {
    std::shared_ptr<const StringTable> table;  // shared with other profiles
    // By index of the function; valid until the next call of Add.
    std::span<const StringId> of_function;
    /// The bytes of all names of the profile, as if it were the only owner of
    /// the table, since it may outlive the other profiles.
    std::size_t memory_bytes = 0;
  };
  Names Add(const Profile& profile);

 private:
  // These bound the memory that the last profile of a table keeps alive.
  static constexpr std::size_t kMostProfiles = 64;
  static constexpr std::size_t kMostNames = 4096;
  static constexpr std::size_t kMostBytes = std::size_t{512} << 10;

  Names AddAlone(const Profile& profile);
  StringTable& TableFor(const Profile& profile);

  std::shared_ptr<StringTable> table_;  // null before the first profile
  std::size_t profiles_ = 0;            // that share table_
  RawVector<StringId> known_;           // by id in Profile::strings
  RawVector<StringId> of_function_;
};

}  // namespace pmcp::profile
