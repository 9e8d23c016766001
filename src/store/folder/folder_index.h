// FolderIndex: the index of a folder of profiles. Every call asks for the
// current state, and the index reads only the files that changed since the last
// call.
//
// Constructing it reads nothing. Thread-safe: one caller at a time scans the
// folder. Callers that started before the scan wait for its result, within
// their own deadlines.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"
#include "store/folder/call_mutex.h"
#include "store/folder/folder_notices.h"
#include "store/folder/folder_scan.h"
#include "store/folder/sample_cache.h"
#include "store/folder/snapshot.h"
#include "store/ingest/ingest.h"
#include "store/ingest/label_rules.h"
#include "store/rows/series_pool.h"

namespace pmcp::store {

class FolderIndex {
 public:
  /// `cache_bytes` bounds the decoded samples that are kept between questions;
  /// the index comes on top.
  FolderIndex(std::string root, IngestRules rules, std::size_t cache_bytes,
              const profile::ProfileLimits& limits = {});

  const std::string& root() const { return root_; }
  /// The bytes of samples that one question may hold in addition to the cache.
  std::size_t question_bytes() const { return cache_.budget_bytes() / 4; }

  /// Reserves bytes of the cache's budget for data outside of the cache.
  void SetAside(std::size_t bytes) { cache_.SetAside(bytes); }

  using Steady = CallContext::Steady;

  /// The state of the folder at one moment after the start of the call; all
  /// questions of a call get the same state. A file that cannot be used is
  /// reported as a notice, a folder that cannot be read as an error.
  Result<std::shared_ptr<const Snapshot>> Refresh(const CallContext& call) {
    return RefreshSince(call.begin(), call);
  }
  /// The state at one moment after `since`.
  Result<std::shared_ptr<const Snapshot>> RefreshSince(Steady::time_point since,
                                                       const CallContext& call);

  /// kUnavailable if the file changed since the snapshot.
  Result<std::shared_ptr<const FileSamples>> Samples(const SnapshotFile& file);
  /// Reads the whole profile, which is not cached. Same error as Samples.
  Result<profile::Profile> ReadProfile(const SnapshotFile& file) const;

 private:
  class FileReader;
  // The state of one file.
  struct Entry {
    FoundFile found;
    profile::Labels labels;
    std::uint64_t rules_version = 0;  // of the rules that made the labels
    std::uint64_t version = 0;        // 0: not read yet
    // Shared with snapshots; null if the file could not be used.
    std::shared_ptr<const FileRows> rows;
    std::string why_left_out;
    /// What was left out of it or computed.
    std::vector<std::string> remarks;
    /// No profile by its first bytes, and no name of one.
    bool is_passed_over = false;
    /// Such a file in another format: what it is, and a hint. Else empty.
    std::string other_format;
    bool is_changing = false;  // has to be read again
  };

  // All functions below are called with update_ held.
  Result<void> Update(const CallContext& call);
  void UpdateRules(const std::vector<FoundFile>& found);
  void ReadRules(const FoundFile& file);
  void Forget(const FolderScan& scan);
  std::vector<Entry> Unread(const FolderScan& scan);
  bool IsUpToDate(const FoundFile& found);
  Result<void> ReadAll(std::vector<Entry> unread, const CallContext& call);
  void Read(FileReader& reader, Entry& entry, FileRows& rows);
  bool PassesOver(FileReader& reader, Entry& entry);
  bool HasHeapTwin(const Entry& entry) const;
  FolderFacts Facts() const;
  void Keep(Entry entry, FileRows rows);
  bool IsChanging() const;
  void Publish();

  const std::string root_;
  const IngestRules ingest_rules_;
  const profile::ProfileLimits limits_;  // of one file
  SampleCache cache_;
  std::atomic<std::uint64_t> next_version_ = 1;

  CallMutex update_;  // guards all below
  Steady::time_point last_look_;
  std::map<std::string, Entry> entries_;  // by path
  std::vector<FoundFile> rule_files_;     // the files of rules_
  std::vector<FolderRules> rules_;
  std::vector<LeftOut> ignored_rules_;
  bool rules_are_changing_ = false;  // they have to be read again
  std::uint64_t rules_version_ = 0;
  // By the last scan.
  std::vector<LeftOut> left_out_;
  std::size_t not_looked_at_ = 0;
  bool has_changed_ = true;  // since snapshot_ was made
  SeriesPool series_;
  std::uint64_t snapshots_ = 0;  // number of snapshots so far
  // Shared with questions, which may outlive the index's reference.
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace pmcp::store
