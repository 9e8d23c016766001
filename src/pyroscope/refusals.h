// What a server's refusals say about the windows that it accepts
// (docs/pyroscope-behavior.md, "Refused questions"). Pure.
#pragma once

#include <chrono>
#include <optional>

#include "base/error.h"

namespace pmcp::pyroscope {

/// The limit that a refusal names ("…, limit: 1d)"); nullopt for any other
/// error.
std::optional<std::chrono::milliseconds> LimitNamedIn(const Error& refusal);

/// Whether a server in its default mode refuses a window because it begins at
/// the split of its read paths. Windows are never sent inverted.
bool IsSplitRefusal(const Error& refusal);

/// Whether the v1 read path refuses what only the v2 path supports.
bool IsOldPathRefusal(const Error& refusal);

}  // namespace pmcp::pyroscope
