// A ProfileStore from a few words, without files.
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

/// A CPU profile of one sample in a file, with labels of the sample.
struct StoreEntry {
  std::string path;
  TimePoint time;
  std::int64_t value = 0;
  ProfileBuilder::Labels labels = {};
};

/// In the order given; service_name comes from the path.
store::ProfileStore StoreOf(const std::vector<StoreEntry>& entries);

source::ProfileQuery CpuQuery(std::string_view selector, TimeRange range);
source::LabelQuery LabelsWhere(std::string_view selector, TimeRange range);

/// A window that holds every profile.
TimeRange Always();

}  // namespace pmcp::test
