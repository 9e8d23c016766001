// Completions: what a person may mean who types an argument of a prompt or a
// variable of a resource's address. Asked of the sources as they are now, for a
// short time: a source that is slow or does not answer completes nothing.
#pragma once

#include <string_view>

#include "server/offer/features.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// Of the arguments service, profile_type, selector, source, from, since and
/// file; of all others nothing. Values that begin with what was typed come
/// first, then those that contain it. `deps` outlives it.
server::CompletionFunction CompletionOf(const Deps& deps);

/// `call`, but over after the time that a person who types will wait.
CallContext Soon(const CallContext& call);

}  // namespace pmcp::tools
