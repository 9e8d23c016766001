// MergeStacks and MergeProfile: merge the samples of all profiles that a
// question selects. Samples are merged in the order of the files, independent
// of threads.
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

/// An answer, and the paths of the files that changed since the snapshot. Their
/// samples are missing from the answer.
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
