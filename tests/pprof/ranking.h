// Our ranking of a profile, for the comparison with google/pprof.
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

/// Reads a file, whose path is relative to the project. Ends the program on
/// failure.
profile::Profile ReadProfile(std::string_view path);

/// All functions of all samples, sorted by name in byte order.
std::vector<profile::FunctionRow> RowsByName(
    std::shared_ptr<const profile::StackSamples> samples,
    std::size_t sample_type);

/// "cpu/nanoseconds".
std::string TypeName(const profile::Profile& profile, std::size_t sample_type);

/// The lines of a gzipped file in expected/, without line breaks.
std::vector<std::string> ReadExpected(std::string_view name);

}  // namespace pmcp::test
