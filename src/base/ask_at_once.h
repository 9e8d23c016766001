// AskAtOnce: sends several requests of one call, a few at a time. For work that
// waits; base/parallel_for is for work that computes.
#pragma once

#include <cstddef>
#include <functional>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp {

/// Calls `ask` once for each number below `count`, at most `most` at a time and
/// in any order, and returns when all are done. The first error stops the
/// context of the others, and the requests that have not begun are not sent.
/// Returns the error that caused this.
Result<void> AskAtOnce(
    std::size_t count, std::size_t most, const CallContext& call,
    const std::function<Result<void>(std::size_t, const CallContext&)>& ask);

}  // namespace pmcp
