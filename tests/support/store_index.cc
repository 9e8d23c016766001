#include "tests/support/store_index.h"

#include <memory>
#include <span>
#include <utility>

#include "store/ingest/label_rules.h"
#include "tests/support/store_profiles.h"

namespace pmcp::test {

store::ProfileStore StoreOf(const std::vector<StoreEntry>& entries) {
  std::vector<store::StoredFile> files;
  for (const StoreEntry& entry : entries) {
    store::IngestedFile file = MustIngest(
        CpuFile(entry.time, "main", entry.value, entry.labels),
        {entry.path,
         store::LabelsOfPath(entry.path, {}, store::IngestRules::kAsPushed),
         entry.time});
    files.push_back({entry.path, std::make_shared<const store::FileRows>(
                                     std::move(file.rows))});
  }
  return store::ProfileStore(std::move(files));
}

source::ProfileQuery CpuQuery(std::string_view selector, TimeRange range) {
  return *source::MakeProfileQuery(
      "process_cpu:cpu:nanoseconds:cpu:nanoseconds", selector, range);
}

source::LabelQuery LabelsWhere(std::string_view selector, TimeRange range) {
  const std::string text(selector);
  return *source::MakeLabelQuery(std::span(&text, 1), range);
}

TimeRange Always() {
  using std::chrono::milliseconds;
  return *source::MakeTimeRange(1, 253'402'300'799'999);
}

}  // namespace pmcp::test
