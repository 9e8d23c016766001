// Converts a recorded question to the arguments of our tools.
#pragma once

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "tests/oracle/question.h"

namespace pmcp::parity {

/// profile_type, selector, from and to.
nlohmann::json ProfileArguments(const oracle::Question& question);
/// The same with group_by.
nlohmann::json SeriesArguments(const oracle::Question& question);

TimePointMs StartOf(const oracle::Question& question);

}  // namespace pmcp::parity
