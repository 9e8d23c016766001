// ResolveExportQuery: as ResolveProfileQuery, for a tool that also takes all
// sample types of one kind of profile.
#pragma once

#include "base/call_context.h"
#include "base/result.h"
#include "tools/args/deps.h"
#include "tools/args/query_args.h"
#include "tools/args/question_args.h"

namespace pmcp::tools {

/// The profile type "all" means all sample types of the only kind of profile
/// that matches, "memory:all" those of one kind. Profiles of several kinds
/// cannot be one file: the error lists the kinds.
Result<AskedProfiles> ResolveExportQuery(const ProfileQuestionArgs& args,
                                         const Deps& deps,
                                         const CallContext& call);

}  // namespace pmcp::tools
