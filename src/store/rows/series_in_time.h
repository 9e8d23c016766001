// SelectSeries: sums the values of rows in buckets of time
// (docs/pyroscope-behavior.md, "Series buckets"). Pure.
#pragma once

#include <vector>

#include "profile/time/series.h"
#include "source/query.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Sorted by sum, the largest first, then by labels. The first bucket has the
/// rows of one step before the window, as in Pyroscope.
std::vector<profile::Series> SelectSeries(const ProfileStore& store,
                                          const source::SeriesQuery& query);

}  // namespace pmcp::store
