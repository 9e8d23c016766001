// What this project says of a profile, to be compared with google/pprof.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "profile/pprof/pprof.h"
#include "profile/stacks/stack_samples.h"
#include "profile/stacks/top_functions.h"

namespace pmcp::test {

/// Ends the program when the file, a path below the project, cannot be read.
profile::Profile ReadProfile(std::string_view path);

/// Every function of all samples, in the byte order of their names.
std::vector<profile::FunctionRow> RowsByName(
    std::shared_ptr<const profile::StackSamples> samples,
    std::size_t sample_type);

/// "cpu/nanoseconds".
std::string TypeName(const profile::Profile& profile, std::size_t sample_type);

/// The lines of a gzipped file of expected/, without their ends.
std::vector<std::string> ReadExpected(std::string_view name);

}  // namespace pmcp::test
