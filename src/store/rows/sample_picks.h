// PickSamples: selects the samples of a file for a question about stacks. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/stacks/stacks.h"
#include "source/query.h"
#include "store/ingest/file_rows.h"
#include "store/ingest/file_samples.h"

namespace pmcp::store {

/// Appends the samples of `row` that have a positive value and match
/// `selection` by span or trace id and by call site. Profile ids select whole
/// files and are ignored here (ProfileStore::Select).
void PickSamples(const FileSamples& samples, const FileRow& row,
                 const source::SampleSelection& selection,
                 std::vector<profile::SamplePick>& picks);

/// Whether all samples of the file with a positive value of the row's type
/// match, so that no list of picks is needed.
bool WantsAllOf(const FileSamples& samples, const FileRow& row,
                const source::SampleSelection& selection);

}  // namespace pmcp::store
