// Expected: the recorded answer as text in the form of Ask.
#pragma once

#include <string>

#include "base/result.h"
#include "tests/oracle/question.h"

namespace pmcp::oracle {

/// For a question that was not refused.
Result<std::string> Expected(const Question& question);

}  // namespace pmcp::oracle
