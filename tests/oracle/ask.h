// Ask: asks a source a recorded question with the code that tools use. The
// answer is text in the form of Expected.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "source/profile_source.h"
#include "tests/oracle/question.h"

namespace pmcp::oracle {

/// Fails if the question is invalid or the source refuses it.
Result<std::string> Ask(const Question& question,
                        const source::ProfileSource& source,
                        const Clock& clock);

}  // namespace pmcp::oracle
