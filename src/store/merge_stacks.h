// The samples of all profiles that answer a question, merged: as stacks, or as
// one pprof profile. The order is that of the files, whatever the threads do.
#pragma once

#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "source/query.h"
#include "store/folder/folder_index.h"
#include "store/folder/snapshot.h"

namespace pmcp::store {

/// An answer, and the files of the snapshot that are no longer what they were,
/// so that their samples are missing: take a newer snapshot.
template <typename T>
struct FromFiles {
  T data;
  std::vector<std::string> changed;
};

Result<FromFiles<profile::Stacks>> MergeStacks(
    FolderIndex& index, const Snapshot& snapshot,
    const source::StacktraceQuery& query, const CallContext& call);

Result<FromFiles<profile::Profile>> MergeProfile(
    FolderIndex& index, const Snapshot& snapshot,
    const source::PprofQuery& query, const CallContext& call);

}  // namespace pmcp::store
