// Limits of the process: open descriptors, and the freed memory that malloc
// keeps.
#pragma once

#include <cstddef>

namespace pmcp::app {

/// Raises the soft limit of open descriptors to `wanted`, or to the hard limit
/// if that is lower; never lowers it. Every connection needs a descriptor.
/// Returns the limit that is in force. Not thread-safe.
std::size_t RaiseDescriptorLimit(std::size_t wanted);

/// Makes malloc return freed memory to the system, so that the bound of
/// --store-memory shows in the size of the process (docs/decisions/0012). Call
/// it before the first thread starts. Does nothing where malloc is not glibc's.
void BoundFreedMemory();

}  // namespace pmcp::app
