// FindDuplicates: finds profiles that the folder has twice. Pure.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Pairs of indices into store.files(). The two files have equal values of the
/// same series at the same time, so they are very likely copies.
std::vector<std::pair<std::uint32_t, std::uint32_t>> FindDuplicates(
    const ProfileStore& store);

}  // namespace pmcp::store
