// ParityPage: writes docs/parity.md from the results of the test.
#pragma once

#include <string>
#include <vector>

#include "tests/oracle/question.h"
#include "tests/parity/tally.h"

namespace pmcp::parity {

std::string ParityPage(const Tally& tally,
                       const std::vector<oracle::Question>& questions);

}  // namespace pmcp::parity
