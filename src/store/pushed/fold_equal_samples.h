// FoldEqualSamples: merges samples with the same stack and labels, as Pyroscope
// stores them.
#pragma once

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Whether folding may change an answer. Two can change: an answer that counts
/// the samples of spans, which are labels, and a sum that exceeds 64 bits. Few
/// profiles have either, and folding takes as long as decoding.
bool FoldingShows(const profile::SampleTable& samples);

/// The first of equal samples keeps its place and gets the sum of the values.
/// The time is linear in the size of the table for any input: of samples that
/// are crafted to have equal hashes, some may not be merged.
void FoldEqualSamples(profile::SampleTable& samples);

}  // namespace pmcp::store
