// Snapshot: one state of a folder of profiles, as a question sees it from its
// beginning to its end, whatever happens to the folder meanwhile. Immutable;
// thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/words/labels.h"
#include "source/answer.h"
#include "store/folder/folder_scan.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Where the samples of a file are.
struct SnapshotFile {
  FoundFile found;
  profile::Labels labels;     // by its place
  std::uint64_t version = 0;  // names this state of this file
};

struct Snapshot {
  ProfileStore store;
  std::vector<SnapshotFile> files;  // in the order of store.files()
  /// What every answer from this state has to say.
  std::vector<source::Notice> notices;
  /// No other state of this folder has it.
  std::uint64_t number = 0;
};

}  // namespace pmcp::store
