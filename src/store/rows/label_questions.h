// The labels, label values, series and profile types in a window, computed from
// a ProfileStore. Pure. source/profile_source.h defines the meaning of each
// function.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "profile/words/labels.h"
#include "profile/words/profile_type.h"
#include "source/query.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

std::vector<profile::ProfileType> ProfileTypes(const ProfileStore& store,
                                               const source::LabelQuery& query);

/// Omits kLabelFile, which only matchers, groupings and LabelValues know.
std::vector<std::string> LabelNames(const ProfileStore& store,
                                    const source::LabelQuery& query);

std::vector<std::string> LabelValues(const ProfileStore& store,
                                     std::string_view name,
                                     const source::LabelQuery& query);

/// As in Pyroscope, a series without any of `names` gives the empty label set,
/// unless no series of its service has any of them.
std::vector<profile::Labels> SeriesLabels(
    const ProfileStore& store, const source::LabelQuery& query,
    const std::vector<std::string>& names);

}  // namespace pmcp::store
