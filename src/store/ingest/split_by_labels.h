// SplitByLabels: groups the samples of one profile by their sample labels,
// which Go's pprof.Do sets (docs/pyroscope-behavior.md, "Ingest"). Pure.
#pragma once

#include <vector>

#include "profile/pprof/pprof.h"
#include "profile/words/labels.h"
#include "store/ingest/sample_numbers.h"

namespace pmcp::store {

/// The samples of one label set.
struct Partition {
  profile::Labels labels;
  SampleNumbers samples;  // of Profile::samples
};

/// Adds the labels of each sample, except the ids of spans and traces, to
/// `series_labels`, which take precedence. Samples with equal results are one
/// partition. Partitions are sorted by labels.
std::vector<Partition> SplitByLabels(const profile::Profile& profile,
                                     const profile::Labels& series_labels);

}  // namespace pmcp::store
