// Heatmaps of the stored profiles, or of their spans
// (docs/pyroscope-behavior.md, "Heatmaps").
#pragma once

#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "profile/time/heatmap.h"
#include "source/query.h"
#include "store/folder/folder_index.h"
#include "store/folder/snapshot.h"
#include "store/merge_stacks.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Each value is the sum of one profile in one group. Pure.
std::vector<profile::HeatmapSeries> IndividualHeatmap(
    const ProfileStore& store, const source::HeatmapQuery& query);

/// Each value is the sum of one span in one profile and group. Samples without
/// a span do not count. Reads the files that the cache does not have.
Result<FromFiles<std::vector<profile::HeatmapSeries>>> SpanHeatmap(
    FolderIndex& index, const Snapshot& snapshot,
    const source::HeatmapQuery& query, const CallContext& call);

}  // namespace pmcp::store
