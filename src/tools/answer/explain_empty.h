// ExplainEmpty: explains why a query has no data and suggests what to change.
// No data is an answer, not an error, and does not show the cause.
#pragma once

#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "tools/args/query_args.h"

namespace pmcp::tools {

/// One to three sentences. Queries the whole covered time of the source, so
/// call it for empty answers only.
Result<std::vector<std::string>> ExplainEmpty(const AskedProfiles& asked,
                                              const CallContext& call);
Result<std::vector<std::string>> ExplainEmpty(const AskedLabels& asked,
                                              const CallContext& call);

}  // namespace pmcp::tools
