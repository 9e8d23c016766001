// PickSamples: which samples of a file answer a question about stacks. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "profile/stacks/stacks.h"
#include "source/query.h"
#include "store/ingest/file_rows.h"
#include "store/ingest/file_samples.h"

namespace pmcp::store {

/// Those of `row` with a positive value that `selection` wants: by span or
/// trace id, and by the functions that the stack begins with. Profile ids
/// choose whole files and are looked at before.
void PickSamples(const FileSamples& samples, const FileRow& row,
                 const source::SampleSelection& selection,
                 std::vector<profile::SamplePick>& picks);

/// Whether `selection` wants all samples of the file with a positive value of
/// one type, so that none need be picked.
bool WantsAllOf(const FileSamples& samples, const FileRow& row,
                const source::SampleSelection& selection);

}  // namespace pmcp::store
