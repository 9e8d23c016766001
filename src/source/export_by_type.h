// ExportByType: the export of a source that merges one profile type at a time,
// as a Pyroscope server does.
#pragma once

#include "base/call_context.h"
#include "base/result.h"
#include "source/answer.h"
#include "source/profile_source.h"
#include "source/query.h"

namespace pmcp::source {

/// Asks for MergeProfile of one type after the other. Equal stacks are one
/// sample with the values of all types.
Result<Answer<ExportedProfile>> ExportByType(const ProfileSource& source,
                                             const ExportQuery& query,
                                             const CallContext& call);

}  // namespace pmcp::source
