// SplitByLabels: the samples of one profile, by the label sets that their
// sample labels (Go's pprof.Do) give them (docs/pyroscope-behavior.md,
// "Ingest"). Pure.
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

/// Sample labels are added to `series_labels`, which win where both have one;
/// ids of spans and traces are not labels. Samples whose labels end up equal
/// are one partition. By labels.
std::vector<Partition> SplitByLabels(const profile::Profile& profile,
                                     const profile::Labels& series_labels);

}  // namespace pmcp::store
