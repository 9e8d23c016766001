// FoldEqualSamples: one sample in place of several with the same stack and
// labels, as Pyroscope stores them.
#pragma once

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Whether any answer could tell merged samples from others: one that counts
/// the samples of spans, which are labels, and a sum that leaves 64 bits. Few
/// profiles have either, and to merge takes as long as to decode.
bool FoldingShows(const profile::SampleTable& samples);

/// The first of equal samples keeps its place and gets the sum of the values.
/// In time linear in the size of the table, whatever it holds: of samples
/// that were made to look alike to a hash, some may stay apart.
void FoldEqualSamples(profile::SampleTable& samples);

}  // namespace pmcp::store
