#include "store/folder/folder_index.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/parallel_for.h"
#include "base/sanitize.h"
#include "base/zstd.h"
#include "profile/formats/recognize.h"
#include "store/files/heap_twin.h"
#include "store/folder/folder_notices.h"
#include "store/folder/read_file.h"
#include "store/ingest/label_rules_json.h"

namespace pmcp::store {
namespace {

using profile::Profile;

/// The number of attempts of one question to read files that keep changing.
constexpr int kMaxLooks = 3;

/// The folder of a labels.json.
std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

FilePlace PlaceOf(const FoundFile& file, const profile::Labels& labels,
                  IngestRules rules) {
  const std::chrono::nanoseconds modified(file.stamp.modified_ns);
  return {.path = file.path,
          .labels = labels,
          .modified = TimePoint(modified),
          .rules = rules};
}

}  // namespace

/// Reads and ingests file after file; each thread has one reader.
class FolderIndex::FileReader {
 public:
  FileReader(IngestRules rules, const profile::ProfileLimits& limits)
      : rules_(rules), max_bytes_(limits.inflated_bytes), ingester_(limits) {}

  Result<IngestedFile> Read(const FoundFile& file,
                            const profile::Labels& labels) {
    PMCP_TRY_VOID(ReadFoundFile(file, max_bytes_, bytes_));
    const bool is_zstd = IsZstd(bytes_.view());
    auto ingested = ingester_.Ingest(bytes_, PlaceOf(file, labels, rules_));
    if (is_zstd && ingested.ok() && rules_ == IngestRules::kAsFiles) {
      ingested->remarks.emplace_back(
          "is compressed with zstd, which go tool pprof does not read");
    }
    return ingested;
  }

  /// Reads no more than the first bytes.
  Result<profile::RecognizedFile> Recognize(const FoundFile& file) {
    PMCP_TRY_VOID(ReadFoundPrefix(file, profile::kRecognizedBytes, bytes_));
    return profile::Recognize(bytes_.view());
  }

 private:
  const IngestRules rules_;
  const std::size_t max_bytes_;
  ByteBuffer bytes_;
  Ingester ingester_;
};

FolderIndex::FolderIndex(std::string root, IngestRules rules,
                         std::size_t cache_bytes,
                         const profile::ProfileLimits& limits)
    : root_(std::move(root)),
      ingest_rules_(rules),
      limits_(limits),
      cache_(cache_bytes) {}

Result<std::shared_ptr<const Snapshot>> FolderIndex::RefreshSince(
    Steady::time_point since, const CallContext& call) {
  const auto lock = update_.Acquire(call);
  if (!lock.ok()) return lock.error();
  // This call scanned the folder before, or another call did while this one
  // waited. So eight concurrent calls of three questions each need two scans.
  if (snapshot_ && last_look_ >= since) return snapshot_;
  const Steady::time_point look = Steady::now();
  PMCP_TRY_VOID(Update(call));
  last_look_ = look;
  return snapshot_;
}

// Scans again if a file changed between the scan and reading it. A file that
// keeps changing is omitted from this answer, with a notice.
Result<void> FolderIndex::Update(const CallContext& call) {
  for (int look = 1; look <= kMaxLooks; ++look) {
    const ScanFor wanted = ingest_rules_ == IngestRules::kAsFiles
                               ? ScanFor::kAnyFile
                               : ScanFor::kProfileNames;
    PMCP_TRY(scan, ScanFolder(root_, wanted, call));
    UpdateRules(scan.label_rules);
    Forget(scan);
    PMCP_TRY_VOID(ReadAll(Unread(scan), call));
    if (!IsChanging()) break;
  }
  if (has_changed_) Publish();
  return {};
}

void FolderIndex::UpdateRules(const std::vector<FoundFile>& found) {
  if (found == rule_files_ && !rules_are_changing_) return;
  rules_.clear();
  ignored_rules_.clear();
  rules_are_changing_ = false;
  for (const FoundFile& file : found) ReadRules(file);
  rule_files_ = found;
  // IsUpToDate finds the files whose labels change.
  ++rules_version_;
  has_changed_ = true;
}

void FolderIndex::ReadRules(const FoundFile& file) {
  const auto read = [&]() -> Result<std::vector<LabelRule>> {
    PMCP_TRY(text, ReadFoundFile(file, kMaxLabelRulesBytes));
    return ReadLabelRules(text.view());
  };
  auto rules = read();
  if (rules.ok()) {
    rules_.push_back({FolderOf(file.path), *std::move(rules)});
    return;
  }
  ignored_rules_.push_back({file.path, rules.error().message});
  if (rules.error().kind == ErrorKind::kUnavailable) rules_are_changing_ = true;
}

// Questions with an older snapshot may still ask for files that are removed
// here; they get kUnavailable.
void FolderIndex::Forget(const FolderScan& scan) {
  std::set<std::string_view> paths;
  for (const FoundFile& file : scan.profiles) paths.insert(file.path);
  const auto is_gone = [&](const auto& item) {
    if (paths.contains(item.first)) return false;
    cache_.Remove(item.second.version);
    return true;
  };
  if (std::erase_if(entries_, is_gone) > 0) has_changed_ = true;
  if (scan.left_out != left_out_ || scan.not_looked_at != not_looked_at_) {
    has_changed_ = true;
  }
  left_out_ = scan.left_out;
  not_looked_at_ = scan.not_looked_at;
}

/// The files that are new or have changed, or whose labels have changed.
std::vector<FolderIndex::Entry> FolderIndex::Unread(const FolderScan& scan) {
  std::vector<Entry> unread;
  for (const FoundFile& file : scan.profiles) {
    if (IsUpToDate(file)) continue;
    Entry& entry = unread.emplace_back();
    entry.found = file;
    entry.labels = LabelsOfPath(file.path, rules_, ingest_rules_);
    entry.rules_version = rules_version_;
  }
  return unread;
}

bool FolderIndex::IsUpToDate(const FoundFile& found) {
  const auto known = entries_.find(found.path);
  if (known == entries_.end()) return false;
  Entry& entry = known->second;
  if (entry.found != found || entry.is_changing) return false;
  // Rows depend on labels. They are compared only after a change of a
  // labels.json, because matching all patterns takes longer than the scan.
  if (entry.rules_version != rules_version_) {
    if (entry.labels != LabelsOfPath(found.path, rules_, ingest_rules_)) {
      return false;
    }
    entry.rules_version = rules_version_;
  }
  return true;
}

Result<void> FolderIndex::ReadAll(std::vector<Entry> unread,
                                  const CallContext& call) {
  std::vector<FileRows> rows(unread.size());
  const auto with_a_reader = [&] {
    return [&, reader = std::make_shared<FileReader>(ingest_rules_, limits_)](
               std::size_t i) { Read(*reader, unread[i], rows[i]); };
  };
  const Result<void> all =
      ParallelForMade(unread.size(), call, "profiles read", with_a_reader);
  // Keeps files that were read before a cancellation.
  for (std::size_t i = 0; i < unread.size(); ++i) {
    if (unread[i].version != 0) Keep(std::move(unread[i]), std::move(rows[i]));
  }
  return all;
}

/// Called by several threads, each with its own reader.
void FolderIndex::Read(FileReader& reader, Entry& entry, FileRows& rows) {
  entry.version = next_version_++;
  if (PassesOver(reader, entry)) return;
  auto file = reader.Read(entry.found, entry.labels);
  if (!file.ok()) {
    entry.why_left_out = file.error().message;
    entry.is_changing = file.error().kind == ErrorKind::kUnavailable;
    return;
  }
  rows = std::move(file->rows);
  entry.remarks = std::move(file->remarks);
  cache_.Add(entry.version, std::move(file->samples));
}

/// Whether a file without a profile's name is none. One that cannot be read is
/// none, either: nobody said that it is a profile.
bool FolderIndex::PassesOver(FileReader& reader, Entry& entry) {
  if (entry.found.has_profile_name) return false;
  const auto file = reader.Recognize(entry.found);
  if (file.ok() && file->kind == profile::FileKind::kPprof) return false;
  entry.is_passed_over = true;
  entry.is_changing =
      !file.ok() && file.error().kind == ErrorKind::kUnavailable;
  if (file.ok() && file->kind == profile::FileKind::kOtherProfile) {
    entry.other_format = profile::Describe(*file);
  }
  return true;
}

// Files that cannot be used are kept too, so that they are not read, and found
// broken, by every question anew.
void FolderIndex::Keep(Entry entry, FileRows rows) {
  if (entry.why_left_out.empty() && !entry.is_passed_over) {
    series_.Share(rows);
    entry.rows = std::make_shared<const FileRows>(std::move(rows));
  }
  Entry& kept = entries_[entry.found.path];
  cache_.Remove(kept.version);
  kept = std::move(entry);
  has_changed_ = true;
}

bool FolderIndex::IsChanging() const {
  return rules_are_changing_ ||
         std::ranges::any_of(entries_, [](const auto& item) {
           return item.second.is_changing;
         });
}

// Entries are sorted by path, and so is everything made from them: results do
// not depend on the order in which threads read files.
void FolderIndex::Publish() {
  std::vector<StoredFile> stored;
  std::vector<SnapshotFile> files;
  for (const auto& [path, entry] : entries_) {
    if (entry.rows == nullptr || HasHeapTwin(entry)) continue;
    stored.push_back({Sanitize(path), entry.rows});
    files.push_back({entry.found, entry.labels, entry.version});
  }
  auto snapshot = std::make_shared<Snapshot>(Snapshot{
      ProfileStore(std::move(stored), ingest_rules_), std::move(files), {}});
  snapshot->number = ++snapshots_;
  snapshot->notices = FolderNotices(snapshot->store, Facts());
  snapshot_ = std::move(snapshot);
  series_.DropUnused();
  has_changed_ = false;
}

/// Whether `entry` is Go's profile "allocs", and the same one is there as
/// "heap": of one service and of the same moment.
bool FolderIndex::HasHeapTwin(const Entry& entry) const {
  constexpr std::chrono::seconds kOneMoment(5);
  if (ingest_rules_ != IngestRules::kAsFiles) return false;
  const auto twin = HeapTwinOf(entry.found.path);
  const auto heap = twin ? entries_.find(*twin) : entries_.end();
  if (heap == entries_.end() || heap->second.rows == nullptr) return false;
  const FileRows& ours = *entry.rows;
  const FileRows& theirs = *heap->second.rows;
  if (ours.rows.empty() || theirs.rows.empty()) return false;
  const auto service_of = [](const FileRows& file) {
    return file.rows.front().series->labels.Get(profile::kLabelServiceName);
  };
  const auto apart =
      std::max(ours.time, theirs.time) - std::min(ours.time, theirs.time);
  return apart < kOneMoment && service_of(ours) == service_of(theirs);
}

FolderFacts FolderIndex::Facts() const {
  FolderFacts facts{.left_out = left_out_,
                    .ignored_rules = ignored_rules_,
                    .remarks = {},
                    .other_profiles = {},
                    .not_looked_at = not_looked_at_};
  for (const auto& [path, entry] : entries_) {
    if (!entry.other_format.empty()) {
      facts.other_profiles.push_back({path, entry.other_format});
    } else if (entry.rows == nullptr && !entry.is_passed_over) {
      facts.left_out.push_back({path, entry.why_left_out});
    }
    if (entry.rows != nullptr && HasHeapTwin(entry)) {
      facts.remarks.push_back(
          {path, fmt::format("was left out: {} is the same profile",
                             *HeapTwinOf(path))});
      continue;
    }
    for (const std::string& remark : entry.remarks) {
      facts.remarks.push_back({path, remark});
    }
  }
  return facts;
}

// Takes no lock but the cache's: questions read their files side by side. Two
// that miss the same file read it twice, which costs less than a queue.
Result<std::shared_ptr<const FileSamples>> FolderIndex::Samples(
    const SnapshotFile& file) {
  if (auto cached = cache_.Find(file.version)) return cached;
  PMCP_TRY(read,
           FileReader(ingest_rules_, limits_).Read(file.found, file.labels));
  cache_.Add(file.version, read.samples);
  return std::move(read.samples);
}

Result<Profile> FolderIndex::ReadProfile(const SnapshotFile& file) const {
  PMCP_TRY(bytes, ReadFoundFile(file.found, limits_.inflated_bytes));
  return store::ReadProfile(std::move(bytes),
                            PlaceOf(file.found, file.labels, ingest_rules_),
                            limits_);
}

}  // namespace pmcp::store
