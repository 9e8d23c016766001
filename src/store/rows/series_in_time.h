// SelectSeries: what rows cost in time, in buckets
// (docs/pyroscope-behavior.md, "Series buckets"). Pure.
#pragma once

#include <vector>

#include "profile/time/series.h"
#include "source/query.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Largest sum first, ties by labels. Rows before the window fall into the
/// first bucket, as Pyroscope has it.
std::vector<profile::Series> SelectSeries(const ProfileStore& store,
                                          const source::SeriesQuery& query);

}  // namespace pmcp::store
