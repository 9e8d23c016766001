// FileSamples: the samples of one file, ready to be picked from. What only an
// export needs is not here (FolderIndex::ReadProfile). Large, so it lives in
// the SampleCache and may be dropped and made again from the file. Immutable;
// thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "profile/stacks/stack_samples.h"
#include "store/ingest/sample_ids.h"
#include "store/ingest/sample_numbers.h"

namespace pmcp::store {

struct FileSamples {
  profile::StackSamples stacks;  // of the normalised profile
  /// Rows by label set, in the order of FileRow::partition.
  std::vector<SampleNumbers> partitions;
  SampleIds ids;

  std::size_t memory_bytes() const;
};

}  // namespace pmcp::store
