// ParallelFor: runs the iterations of a loop on several threads, for one call.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp {

/// The number of threads that can run at once; at least 1.
std::size_t ProcessorCount();

/// Calls `work` once for each number below `count`, from several threads and
/// in any order, and returns when all are done. If the call is cancelled or its
/// deadline passes, skips the iterations that have not begun and returns the
/// error. `what` names the items in progress messages; empty: no progress.
Result<void> ParallelFor(std::size_t count, const CallContext& call,
                         std::string_view what,
                         const std::function<void(std::size_t)>& work);

/// As ParallelFor, but each thread calls `make_work` for a function of its own,
/// which can reuse buffers that other threads do not touch.
using MakeWork = std::function<std::function<void(std::size_t)>()>;
Result<void> ParallelForMade(std::size_t count, const CallContext& call,
                             std::string_view what, const MakeWork& make_work);

}  // namespace pmcp
