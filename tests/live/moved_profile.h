// Changes time_nanos of a pprof file and keeps all other bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::live {

/// `file` may be gzipped; the result is. `move` gets the current time, 0 if
/// there is none.
Result<std::string> MoveProfile(
    std::string_view file,
    const std::function<std::int64_t(std::int64_t)>& move);

}  // namespace pmcp::live
