// FindDuplicates: files that are counted twice. Pure.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Pairs of indices into store.files() that hold the same values for the same
/// series at the same time: very likely one file that is there twice.
std::vector<std::pair<std::uint32_t, std::uint32_t>> FindDuplicates(
    const ProfileStore& store);

}  // namespace pmcp::store
