// ExportProfile: the samples that a question selects, merged for a file with
// all that their own files have of them.
#pragma once

#include "base/call_context.h"
#include "base/result.h"
#include "source/profile_source.h"
#include "source/query.h"
#include "store/folder/folder_index.h"
#include "store/folder/snapshot.h"
#include "store/prepare_files.h"

namespace pmcp::store {

/// Samples are merged in the order of the files, and have the order that they
/// have in their file (profile/merge/file_merge.h). A single profile of which
/// everything is selected stays as it is.
Result<FromFiles<source::ExportedProfile>> ExportProfile(
    FolderIndex& index, const Snapshot& snapshot,
    const source::ExportQuery& query, const CallContext& call);

}  // namespace pmcp::store
