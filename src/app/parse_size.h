// ParseSize: a number of bytes as people write it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pmcp::app {

/// "256MiB" in bytes; KiB, MiB and GiB are known.
std::optional<std::size_t> ParseSize(std::string_view text);

}  // namespace pmcp::app
