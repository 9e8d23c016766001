// PreferHugePages: puts a large buffer into pages of 2 MiB. Filling a large
// buffer once spends most of its time in page faults, one for each page of
// 4 KiB; with huge pages there are 512 times fewer.
#pragma once

#include <cstddef>

namespace pmcp {

/// Call it before the first write to the `bytes` bytes at `data`. A hint: it
/// has no effect on small buffers and on systems without huge pages.
void PreferHugePages(const void* data, std::size_t bytes);

}  // namespace pmcp
