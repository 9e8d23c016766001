// ExplainEmpty: why a question has no data, and what to ask next. No data is
// an answer, not an error; its reader cannot see what it missed by.
#pragma once

#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "tools/args/query_args.h"

namespace pmcp::tools {

/// One to three sentences. Asks the source about its whole covered time, so
/// it is called for empty answers only.
Result<std::vector<std::string>> ExplainEmpty(const AskedProfiles& asked,
                                              const CallContext& call);
Result<std::vector<std::string>> ExplainEmpty(const AskedLabels& asked,
                                              const CallContext& call);

}  // namespace pmcp::tools
