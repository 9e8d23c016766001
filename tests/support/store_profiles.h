// Small profiles, as files for the store.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "profile/pprof/pprof.h"
#include "profile/words/labels.h"
#include "store/ingest/ingest.h"
#include "tests/support/profile_builder.h"

namespace pmcp::test {

/// `profile` as a gzipped file.
std::string PprofFile(const profile::Profile& profile);

/// A CPU profile of one sample. Sample type and period type are {cpu,
/// nanoseconds}.
profile::Profile CpuProfile(TimePoint time, std::string_view stack,
                            std::int64_t value,
                            const ProfileBuilder::Labels& labels = {});
/// CpuProfile as a file.
std::string CpuFile(TimePoint time, std::string_view stack, std::int64_t value,
                    const ProfileBuilder::Labels& labels = {});

profile::Labels MakeLabels(std::initializer_list<profile::Label> labels);

/// Ingests a file; ends the test program if the store refuses it.
store::IngestedFile MustIngest(std::string_view file,
                               const store::FilePlace& place);

}  // namespace pmcp::test
