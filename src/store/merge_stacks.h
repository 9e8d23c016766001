// MergeStacks and MergeProfile: merge the samples of all profiles that a
// question selects. Samples are merged in the order of the files, independent
// of threads.
#pragma once

#include "base/call_context.h"
#include "base/result.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "source/query.h"
#include "store/folder/folder_index.h"
#include "store/folder/snapshot.h"
#include "store/prepare_files.h"

namespace pmcp::store {

Result<FromFiles<profile::Stacks>> MergeStacks(
    FolderIndex& index, const Snapshot& snapshot,
    const source::StacktraceQuery& query, const CallContext& call);

Result<FromFiles<profile::Profile>> MergeProfile(
    FolderIndex& index, const Snapshot& snapshot,
    const source::PprofQuery& query, const CallContext& call);

}  // namespace pmcp::store
