// FolderIndex: keeps up with a folder of profiles. Every call asks it for the
// state of now, and only what has changed since the last one is read.
//
// Building it touches nothing. Thread-safe: one caller looks at the folder,
// those that were made before it began wait, within their own deadlines, and
// share what it finds.
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
  FolderIndex(std::string root, std::size_t cache_bytes,
              const profile::ProfileLimits& limits = {});

  const std::string& root() const { return root_; }
  /// How many bytes of samples one question may hold beside the cache.
  std::size_t question_bytes() const { return cache_.budget_bytes() / 4; }

  /// So much less is cached: others keep that on the budget of the cache.
  void SetAside(std::size_t bytes) { cache_.SetAside(bytes); }

  using Steady = CallContext::Steady;

  /// The folder as it was at one moment since the call began, the same for all
  /// questions of a call. A file that cannot be used is no error but a notice;
  /// a folder that cannot be read is one.
  Result<std::shared_ptr<const Snapshot>> Refresh(const CallContext& call) {
    return RefreshSince(call.begin(), call);
  }
  /// The same, since a moment.
  Result<std::shared_ptr<const Snapshot>> RefreshSince(Steady::time_point since,
                                                       const CallContext& call);

  /// kUnavailable when the file is no longer what it was in its snapshot.
  Result<std::shared_ptr<const FileSamples>> Samples(const SnapshotFile& file);
  /// All of it, for what the samples do not tell; not kept. The same error.
  Result<profile::Profile> ReadProfile(const SnapshotFile& file) const;

 private:
  class FileReader;
  // What is known of one file.
  struct Entry {
    FoundFile found;
    profile::Labels labels;
    std::uint64_t rules_version = 0;  // that the labels were made by
    std::uint64_t version = 0;        // 0: not read yet
    // Shared with snapshots; null when the file could not be used.
    std::shared_ptr<const FileRows> rows;
    std::string why_left_out;
    bool is_changing = false;  // has to be read again
  };

  // All below with update_ held.
  Result<void> Update(const CallContext& call);
  void UpdateRules(const std::vector<FoundFile>& found);
  void ReadRules(const FoundFile& file);
  void Forget(const FolderScan& scan);
  std::vector<Entry> Unread(const FolderScan& scan);
  bool IsUpToDate(const FoundFile& found);
  Result<void> ReadAll(std::vector<Entry> unread, const CallContext& call);
  void Read(FileReader& reader, Entry& entry, FileRows& rows);
  void Keep(Entry entry, FileRows rows);
  bool IsChanging() const;
  void Publish();

  const std::string root_;
  const profile::ProfileLimits limits_;  // of one file
  SampleCache cache_;
  std::atomic<std::uint64_t> next_version_ = 1;

  CallMutex update_;  // guards all below
  Steady::time_point last_look_;
  std::map<std::string, Entry> entries_;  // by path
  std::vector<FoundFile> rule_files_;     // that rules_ was made from
  std::vector<FolderRules> rules_;
  std::vector<LeftOut> ignored_rules_;
  bool rules_are_changing_ = false;  // they have to be read again
  std::uint64_t rules_version_ = 0;
  std::vector<LeftOut> left_out_;  // by the last scan
  bool has_changed_ = true;        // since snapshot_ was made
  SeriesPool series_;
  std::uint64_t snapshots_ = 0;  // made so far
  // Shared with the questions that it answers, which may outlast it.
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace pmcp::store
