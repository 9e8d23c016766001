// ParseSize: parses sizes such as "256MiB".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace pmcp::app {

/// Returns bytes. The unit is KiB, MiB or GiB; the number is from 1 to 1048576.
std::optional<std::size_t> ParseSize(std::string_view text);

}  // namespace pmcp::app
