// Completions for arguments of prompts and for variables of resource URIs. The
// values come from the sources, with a short timeout: a source that is slow or
// fails contributes nothing.
#pragma once

#include <string_view>

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// Completes the arguments service, profile_type, selector, source, from, since
/// and file, and no others. Values that begin with the typed text come first,
/// then values that contain it. What `deps` refers to outlives the function.
server::CompletionFunction CompletionOf(const Deps& deps);

/// `call` with an earlier deadline, short enough for interactive typing.
CallContext Soon(const CallContext& call);

}  // namespace pmcp::tools
