// CounterNotices: says how an answer reads values that count since the start of
// a process. Pure.
#pragma once

#include <string>
#include <vector>

#include "source/answer.h"
#include "source/query.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// For a question about these profiles; none if their type is not a counter.
std::vector<source::Notice> CounterNotices(
    const ProfileStore& store, const source::ProfileQuery& query,
    const std::vector<std::string>& profile_ids = {});

/// As above; for an export of all types, that their counters are added up.
std::vector<source::Notice> CounterNotices(const ProfileStore& store,
                                           const source::ExportQuery& query);

}  // namespace pmcp::store
