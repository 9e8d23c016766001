// PreferHugePages: large buffers that are filled once cost most of their time
// in page faults, one for each 4 KiB; pages of 2 MiB make that next to nothing.
#pragma once

#include <cstddef>

namespace pmcp {

/// Call before `bytes` from `data` on are written for the first time. A wish:
/// does nothing for small buffers and where the system has no such pages.
void PreferHugePages(const void* data, std::size_t bytes);

}  // namespace pmcp
