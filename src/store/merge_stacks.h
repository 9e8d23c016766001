// MergeStacks: the stacks of all samples that answer a question.
#pragma once

#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/stacks.h"
#include "source/query.h"
#include "store/folder_index.h"
#include "store/snapshot.h"

namespace pmcp::store {

struct MergedStacks {
  profile::Stacks stacks;
  /// Files of the snapshot that are no longer what they were, and whose
  /// samples are missing: take a newer snapshot.
  std::vector<std::string> changed;
};

/// Samples are read where the cache does not hold them. The order of the
/// stacks is that of the files, whatever the threads do.
Result<MergedStacks> MergeStacks(FolderIndex& index, const Snapshot& snapshot,
                                 const source::StacktraceQuery& query,
                                 const CallContext& call);

}  // namespace pmcp::store
