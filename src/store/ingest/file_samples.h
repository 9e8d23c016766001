// FileSamples: the samples of one file, as questions about stacks and spans
// need them. An export needs more and reads the file again
// (FolderIndex::ReadProfile). The SampleCache holds these objects, and may drop
// them, since they can be made again from the file. Immutable; thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "profile/stacks/stack_samples.h"
#include "profile/stacks/stack_segment.h"
#include "store/ingest/sample_ids.h"
#include "store/ingest/sample_numbers.h"

namespace pmcp::store {

struct FileSamples {
  /// Which of them count, by the rules that the file was ingested by.
  profile::Counting counting = profile::Counting::kPositiveWithFrame;
  profile::StackSamples stacks;  // of the normalised profile
  /// Rows by label set, in the order of FileRow::partition.
  std::vector<SampleNumbers> partitions;
  SampleIds ids;

  std::size_t memory_bytes() const;
};

}  // namespace pmcp::store
