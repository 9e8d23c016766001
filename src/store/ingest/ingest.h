// IngestFile: converts the bytes of a profile file to the form that the store
// keeps. The result is what Pyroscope would store if it received the same bytes
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

/// What is known of a file besides its bytes.
struct FilePlace {
  std::string path;        // relative to the root
  profile::Labels labels;  // of LabelsOfPath
  TimePoint modified;      // used if the profile has no time
};

struct IngestedFile {
  FileRows rows;
  std::shared_ptr<const FileSamples> samples;  // shared with the cache
};

/// A profile without a positive value has no rows, which is not an error. The
/// messages of errors follow the name of the file ("is cut short").
Result<IngestedFile> IngestFile(ByteBuffer bytes, const FilePlace& place);

/// The whole profile of a file that can be ingested. Its samples and locations
/// have the same indices as in FileSamples.
Result<profile::Profile> ReadProfile(ByteBuffer bytes, const FilePlace& place,
                                     const profile::ProfileLimits& limits);

/// Ingests file after file, and reuses small buffers. Not thread-safe.
class Ingester {
 public:
  explicit Ingester(const profile::ProfileLimits& limits = {})
      : decoder_(limits) {}

  /// Does as IngestFile. May free `bytes` of a large file early.
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
