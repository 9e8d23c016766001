// Expected: what was recorded, as the text that Ask gives.
#pragma once

#include <string>

#include "base/result.h"
#include "tests/oracle/question.h"

namespace pmcp::oracle {

/// The answer to a question that was not refused.
Result<std::string> Expected(const Question& question);

}  // namespace pmcp::oracle
