// IngestFile: turns the bytes of a file into the rows and samples that the
// store keeps, by one of two sets of rules (ingest_rules.h). As pushed, they
// are those of a Pyroscope server (docs/pyroscope-behavior.md, "Ingest"). Pure.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/byte_buffer.h"
#include "base/clock.h"
#include "base/result.h"
#include "profile/formats/decode_profile.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/profile_limits.h"
#include "profile/pprof/shared_names.h"
#include "profile/words/labels.h"
#include "store/files/file_time.h"
#include "store/ingest/file_rows.h"
#include "store/ingest/file_samples.h"
#include "store/ingest/ingest_rules.h"
#include "store/ingest/series_keys.h"
#include "store/ingest/split_by_labels.h"

namespace pmcp::store {

/// What is known of a file besides its bytes.
struct FilePlace {
  std::string path;        // below the root
  profile::Labels labels;  // by LabelsOfPath
  TimePoint modified;      // the time of a profile that has none
  IngestRules rules = IngestRules::kAsPushed;
};

struct IngestedFile {
  FileRows rows;
  std::shared_ptr<const FileSamples> samples;  // shared with the cache
  /// What was left out or computed. Each follows the name of the file.
  std::vector<std::string> remarks;
};

/// A profile without a value that counts has no rows and is no error: as
/// pushed, positive values count; as files, all but 0. The error's words follow
/// the name of the file ("is cut short").
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
  Result<void> Prepare(const FilePlace& place,
                       std::vector<std::string>& remarks);
  Result<IngestedFile> MakeFile(const FilePlace& place, FileTime time,
                                std::string profile_id);
  void AddRows(const Partition& partition, std::uint32_t number,
               IngestRules rules, std::vector<FileRow>& rows);

  profile::ProfileDecoder decoder_;
  SeriesKeys series_;
  profile::SharedNames names_;
};

}  // namespace pmcp::store
