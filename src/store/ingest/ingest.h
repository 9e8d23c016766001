// IngestFile: the bytes of a pprof file as the store keeps them, which is as
// Pyroscope would that had been sent the same bytes
// (docs/pyroscope-behavior.md, "Ingest"). Pure.
#pragma once

#include <memory>
#include <string>

#include "base/byte_buffer.h"
#include "base/clock.h"
#include "base/result.h"
#include "profile/pprof/decode_profile.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/profile_limits.h"
#include "profile/pprof/shared_names.h"
#include "profile/words/labels.h"
#include "store/ingest/file_rows.h"
#include "store/ingest/file_samples.h"
#include "store/ingest/series_keys.h"
#include "store/ingest/split_by_labels.h"

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

/// All of a file that could be ingested. Its samples have the rows and
/// locations of FileSamples, and their labels.
Result<profile::Profile> ReadProfile(ByteBuffer bytes, const FilePlace& place,
                                     const profile::ProfileLimits& limits);

/// IngestFile for one file after the other. What is needed only on the way is
/// kept and used again, as long as it is small: to ask for memory and touch it
/// for the first time takes longer than to decode a small profile. Not
/// thread-safe.
class Ingester {
 public:
  explicit Ingester(const profile::ProfileLimits& limits = {})
      : decoder_(limits) {}

  /// The bytes of a large file may be let go as soon as they are inflated.
  Result<IngestedFile> Ingest(ByteBuffer& bytes, const FilePlace& place);

 private:
  Result<IngestedFile> MakeFile(const FilePlace& place, std::string profile_id);
  void AddRows(const Partition& partition, std::uint32_t number,
               std::vector<FileRow>& rows);

  profile::ProfileDecoder decoder_;
  SeriesKeys series_;
  profile::SharedNames names_;
};

}  // namespace pmcp::store
