// MergeEqualSamples: one sample in place of several with the same stack and
// labels. A saving: no total changes by it.
#pragma once

#include "profile/pprof.h"

namespace pmcp::store {

/// The first of equal samples keeps its place and gets the sum of the values.
/// In time linear in the size of the table, whatever it holds: of samples
/// that were made to look alike to a hash, some may stay apart.
void MergeEqualSamples(profile::SampleTable& samples);

}  // namespace pmcp::store
