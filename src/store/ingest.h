// IngestFile: the bytes of a pprof file as the store keeps them, which is as
// Pyroscope would that had been sent the same bytes (reference 7.1). Pure.
#pragma once

#include <memory>
#include <string>

#include "base/byte_buffer.h"
#include "base/clock.h"
#include "base/result.h"
#include "profile/labels.h"
#include "store/file_rows.h"
#include "store/file_samples.h"

namespace pmcp::store {

/// What a file says beside its bytes.
struct FilePlace {
  std::string path;        // below the root
  profile::Labels labels;  // by LabelsOfPath
  TimePoint modified;      // the time of a profile that has none
};

struct IngestedFile {
  FileRows rows;
  std::shared_ptr<const FileSamples> samples;  // shared with the cache
};

/// A profile without a positive value has no rows and is no error. The
/// error's words follow the name of the file ("is cut short").
Result<IngestedFile> IngestFile(ByteBuffer bytes, const FilePlace& place);

}  // namespace pmcp::store
