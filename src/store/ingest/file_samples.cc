#include "store/ingest/file_samples.h"

namespace pmcp::store {

std::size_t FileSamples::memory_bytes() const {
  std::size_t bytes = stacks.memory_bytes() + ids.memory_bytes() +
                      partitions.capacity() * sizeof(partitions[0]);
  for (const SampleNumbers& samples : partitions) {
    bytes += samples.memory_bytes();
  }
  return bytes;
}

}  // namespace pmcp::store
