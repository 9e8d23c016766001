#include "store/file_samples.h"

namespace pmcp::store {

std::size_t FileSamples::memory_bytes() const {
  std::size_t bytes = stacks.memory_bytes() + ids.memory_bytes() +
                      partitions.capacity() * sizeof(partitions[0]);
  for (const auto& rows : partitions) {
    bytes += rows.capacity() * sizeof(rows[0]);
  }
  return bytes;
}

}  // namespace pmcp::store
