// Ask: a recorded question, asked of a source through the code that the tools
// use, with the answer as text that can be compared with Expected's.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "source/profile_source.h"
#include "tests/oracle/question.h"

namespace pmcp::oracle {

/// An error when the question or the source refuses it.
Result<std::string> Ask(const Question& question,
                        const source::ProfileSource& source,
                        const Clock& clock);

}  // namespace pmcp::oracle
