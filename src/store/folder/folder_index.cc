#include "store/folder/folder_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/parallel_for.h"
#include "base/sanitize.h"
#include "store/folder/folder_notices.h"
#include "store/folder/read_file.h"
#include "store/ingest/label_rules_json.h"

namespace pmcp::store {
namespace {

using profile::Profile;

/// Files that change while they are read are tried this often in one question.
constexpr int kMaxLooks = 3;

/// The folder that a labels.json lies in.
std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

FilePlace PlaceOf(const FoundFile& file, const profile::Labels& labels) {
  const std::chrono::nanoseconds modified(file.stamp.modified_ns);
  return {.path = file.path, .labels = labels, .modified = TimePoint(modified)};
}

}  // namespace

/// Reads one file after the other; each thread has one.
class FolderIndex::FileReader {
 public:
  explicit FileReader(const profile::ProfileLimits& limits)
      : max_bytes_(limits.inflated_bytes), ingester_(limits) {}

  Result<IngestedFile> Read(const FoundFile& file,
                            const profile::Labels& labels) {
    PMCP_TRY_VOID(ReadFoundFile(file, max_bytes_, bytes_));
    return ingester_.Ingest(bytes_, PlaceOf(file, labels));
  }

 private:
  const std::size_t max_bytes_;
  ByteBuffer bytes_;
  Ingester ingester_;
};

FolderIndex::FolderIndex(std::string root, std::size_t cache_bytes,
                         const profile::ProfileLimits& limits)
    : root_(std::move(root)), limits_(limits), cache_(cache_bytes) {}

Result<std::shared_ptr<const Snapshot>> FolderIndex::RefreshSince(
    Steady::time_point since, const CallContext& call) {
  const auto lock = update_.Acquire(call);
  if (!lock.ok()) return lock.error();
  // This call has looked at the folder before, or another one has while it
  // waited: eight calls at once need two looks, not eight times three.
  if (snapshot_ && last_look_ >= since) return snapshot_;
  const Steady::time_point look = Steady::now();
  PMCP_TRY_VOID(Update(call));
  last_look_ = look;
  return snapshot_;
}

// A file that changed between the look and the reading is looked for again; one
// that does so all the time is left out of this answer, with a notice.
Result<void> FolderIndex::Update(const CallContext& call) {
  for (int look = 1; look <= kMaxLooks; ++look) {
    PMCP_TRY(scan, ScanFolder(root_, call));
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
  // Which files this concerns is found out one by one, in IsUpToDate.
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

// Questions that hold an older snapshot may still ask for what is dropped here;
// they are told that it has changed.
void FolderIndex::Forget(const FolderScan& scan) {
  std::set<std::string_view> paths;
  for (const FoundFile& file : scan.profiles) paths.insert(file.path);
  const auto is_gone = [&](const auto& item) {
    if (paths.contains(item.first)) return false;
    cache_.Remove(item.second.version);
    return true;
  };
  if (std::erase_if(entries_, is_gone) > 0) has_changed_ = true;
  if (scan.left_out != left_out_) has_changed_ = true;
  left_out_ = scan.left_out;
}

/// Files that are new, that have changed, or whose labels have.
std::vector<FolderIndex::Entry> FolderIndex::Unread(const FolderScan& scan) {
  std::vector<Entry> unread;
  for (const FoundFile& file : scan.profiles) {
    if (IsUpToDate(file)) continue;
    Entry& entry = unread.emplace_back();
    entry.found = file;
    entry.labels = LabelsOfPath(file.path, rules_);
    entry.rules_version = rules_version_;
  }
  return unread;
}

bool FolderIndex::IsUpToDate(const FoundFile& found) {
  const auto known = entries_.find(found.path);
  if (known == entries_.end()) return false;
  Entry& entry = known->second;
  if (entry.found != found || entry.is_changing) return false;
  // Labels are part of what was ingested. They are compared only after a
  // labels.json has changed: matching all patterns takes longer than the scan.
  if (entry.rules_version != rules_version_) {
    if (entry.labels != LabelsOfPath(found.path, rules_)) return false;
    entry.rules_version = rules_version_;
  }
  return true;
}

Result<void> FolderIndex::ReadAll(std::vector<Entry> unread,
                                  const CallContext& call) {
  std::vector<FileRows> rows(unread.size());
  const auto with_a_reader = [&] {
    return [&, reader = std::make_shared<FileReader>(limits_)](std::size_t i) {
      Read(*reader, unread[i], rows[i]);
    };
  };
  const Result<void> all =
      ParallelForMade(unread.size(), call, "profiles read", with_a_reader);
  // What was read before a cancellation need not be read again.
  for (std::size_t i = 0; i < unread.size(); ++i) {
    if (unread[i].version != 0) Keep(std::move(unread[i]), std::move(rows[i]));
  }
  return all;
}

/// Called by several threads at once, each with a reader of its own.
void FolderIndex::Read(FileReader& reader, Entry& entry, FileRows& rows) {
  entry.version = next_version_++;
  auto file = reader.Read(entry.found, entry.labels);
  if (!file.ok()) {
    entry.why_left_out = file.error().message;
    entry.is_changing = file.error().kind == ErrorKind::kUnavailable;
    return;
  }
  rows = std::move(file->rows);
  cache_.Add(entry.version, std::move(file->samples));
}

// Files that cannot be used are kept too, so that they are not read, and found
// broken, by every question anew.
void FolderIndex::Keep(Entry entry, FileRows rows) {
  if (entry.why_left_out.empty()) {
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

// Entries are in the order of their paths, and so is everything made of them:
// the order in which threads read the files shows nowhere.
void FolderIndex::Publish() {
  std::vector<StoredFile> stored;
  std::vector<SnapshotFile> files;
  std::vector<LeftOut> left_out = left_out_;
  for (const auto& [path, entry] : entries_) {
    if (entry.rows == nullptr) {
      left_out.push_back({path, entry.why_left_out});
      continue;
    }
    stored.push_back({Sanitize(path), entry.rows});
    files.push_back({entry.found, entry.labels, entry.version});
  }
  auto snapshot = std::make_shared<Snapshot>(
      Snapshot{ProfileStore(std::move(stored)), std::move(files), {}});
  snapshot->number = ++snapshots_;
  snapshot->notices = FolderNotices(snapshot->store, left_out, ignored_rules_);
  snapshot_ = std::move(snapshot);
  series_.DropUnused();
  has_changed_ = false;
}

// Takes no lock but the cache's: questions read their files side by side. Two
// that miss the same file read it twice, which costs less than a queue.
Result<std::shared_ptr<const FileSamples>> FolderIndex::Samples(
    const SnapshotFile& file) {
  if (auto cached = cache_.Find(file.version)) return cached;
  PMCP_TRY(read, FileReader(limits_).Read(file.found, file.labels));
  cache_.Add(file.version, read.samples);
  return std::move(read.samples);
}

Result<Profile> FolderIndex::ReadProfile(const SnapshotFile& file) const {
  PMCP_TRY(bytes, ReadFoundFile(file.found, limits_.inflated_bytes));
  return store::ReadProfile(std::move(bytes), PlaceOf(file.found, file.labels),
                            limits_);
}

}  // namespace pmcp::store
