// ParallelFor: the same work on many things, on all processors, for one call.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp {

/// How many threads can run at once; at least 1.
std::size_t ProcessorCount();

/// Calls `work` once for each number below `count`, from several threads and
/// in no order, and returns when all are done. When the call is cancelled or
/// its time is over, what has not begun is left and the error returned. `what`
/// names the things in the call's progress; empty: they are too small to tell.
Result<void> ParallelFor(std::size_t count, const CallContext& call,
                         std::string_view what,
                         const std::function<void(std::size_t)>& work);

/// The same with a `work` for each thread, which `make_work` makes there: for
/// what needs buffers that are used again, and by no other thread.
using MakeWork = std::function<std::function<void(std::size_t)>()>;
Result<void> ParallelForMade(std::size_t count, const CallContext& call,
                             std::string_view what, const MakeWork& make_work);

}  // namespace pmcp
