// Builds a ProfileStore from short descriptions, without files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/time_range.h"
#include "source/query.h"
#include "store/rows/profile_store.h"
#include "tests/support/profile_builder.h"

namespace pmcp::test {

/// A file with a CPU profile of one sample, and the labels of this sample.
struct StoreEntry {
  std::string path;
  TimePoint time;
  std::int64_t value = 0;
  ProfileBuilder::Labels labels = {};
};

/// Keeps the order of the files; service_name is that of the path.
store::ProfileStore StoreOf(const std::vector<StoreEntry>& entries);

source::ProfileQuery CpuQuery(std::string_view selector, TimeRange range);
source::LabelQuery LabelsWhere(std::string_view selector, TimeRange range);

/// A window that contains all profiles.
TimeRange Always();

}  // namespace pmcp::test
