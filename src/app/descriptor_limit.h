// How many descriptors the process may have open: connections are descriptors.
#pragma once

#include <cstddef>

namespace pmcp::app {

/// Raises the process's own limit to `wanted`, or as far as the system lets it;
/// how many descriptors may be open then. It is never lowered. For one thread.
std::size_t RaiseDescriptorLimit(std::size_t wanted);

}  // namespace pmcp::app
