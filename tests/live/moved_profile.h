// A pprof file at another time: all bytes as they are but for time_nanos.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::live {

/// `file` may be gzipped; what comes back is. `move` is given the time that is
/// there, 0 when there is none.
Result<std::string> MoveProfile(
    std::string_view file,
    const std::function<std::int64_t(std::int64_t)>& move);

}  // namespace pmcp::live
