// Snapshot: one state of a folder of profiles. A question uses the same
// snapshot from start to end, even if the folder changes meanwhile. Immutable;
// thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/words/labels.h"
#include "source/answer.h"
#include "store/folder/folder_scan.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// What reading the samples of a file needs.
struct SnapshotFile {
  FoundFile found;
  profile::Labels labels;     // of its path
  std::uint64_t version = 0;  // identifies this state of this file
};

struct Snapshot {
  ProfileStore store;
  std::vector<SnapshotFile> files;  // in the order of store.files()
  /// The notices of every answer from this state.
  std::vector<source::Notice> notices;
  /// Unique among the snapshots of a folder.
  std::uint64_t number = 0;
};

}  // namespace pmcp::store
