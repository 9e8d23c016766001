// What labels, label values, series and profile types there are in a window.
// Pure: functions of a ProfileStore. The meaning of each is the interface's,
// source/profile_source.h.
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

/// Without kLabelFile, as everywhere but in matchers, groups and LabelValues.
std::vector<std::string> LabelNames(const ProfileStore& store,
                                    const source::LabelQuery& query);

std::vector<std::string> LabelValues(const ProfileStore& store,
                                     std::string_view name,
                                     const source::LabelQuery& query);

/// As in Pyroscope, a series with none of `names` is the empty label set; but
/// a service of which no series has any of them is left out.
std::vector<profile::Labels> SeriesLabels(
    const ProfileStore& store, const source::LabelQuery& query,
    const std::vector<std::string>& names);

}  // namespace pmcp::store
