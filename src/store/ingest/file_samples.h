// FileSamples: the samples of one file, as questions about stacks and spans
// need them. An export needs more and reads the file again
// (FolderIndex::ReadProfile). The SampleCache holds these objects, and may drop
// them, since they can be made again from the file. Immutable; thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "profile/stacks/stack_samples.h"
#include "store/ingest/sample_ids.h"
#include "store/ingest/sample_numbers.h"

namespace pmcp::store {

struct FileSamples {
  profile::StackSamples stacks;  // of the normalized profile
  /// The samples of each label set, indexed by FileRow::partition.
  std::vector<SampleNumbers> partitions;
  SampleIds ids;

  std::size_t memory_bytes() const;
};

}  // namespace pmcp::store
