#include "store/rows/profile_store.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "profile/words/wrapping_add.h"

namespace pmcp::store {
namespace {

using profile::LabelSelector;

constexpr std::string_view kSampledLabel = "__sampled__";

/// Windows are in milliseconds and include both ends; times are in nanoseconds.
/// The comparisons do not overflow for any window.
bool IsBefore(const StoredRow& row, TimePointMs start) {
  return std::chrono::floor<std::chrono::milliseconds>(row.time) < start;
}
bool IsAfter(TimePointMs end, const StoredRow& row) {
  return end < std::chrono::ceil<std::chrono::milliseconds>(row.time);
}

/// A selector, split into its matchers of series labels and its matchers of
/// kLabelFile: the former run once per series, the latter once per file.
struct SplitSelector {
  LabelSelector series;
  LabelSelector file;
};

SplitSelector Split(const LabelSelector& selector, const ProfileStore& store) {
  SplitSelector split;
  for (const profile::Matcher& matcher : selector.matchers()) {
    const bool of_file = store.IsFileLabel(matcher.name);
    (of_file ? split.file : split.series).Add(matcher);
  }
  return split;
}

}  // namespace

ProfileStore::ProfileStore(std::vector<StoredFile> files, IngestRules rules)
    : files_(std::move(files)) {
  NumberSeries();
  AddRows();
  counters_ = FindCounters(files_);
  SubtractCounters();
  has_public_file_label_ =
      rules == IngestRules::kAsFiles &&
      std::ranges::none_of(series_, [](const SeriesKey* series) {
        return series->labels.Has(profile::kLabelFilePublic);
      });
}

bool ProfileStore::IsFileLabel(std::string_view name) const {
  return name == profile::kLabelFile ||
         (has_public_file_label_ && name == profile::kLabelFilePublic);
}

// Different key objects may be equal.
void ProfileStore::NumberSeries() {
  for (const StoredFile& file : files_) {
    for (const FileRow& row : file.rows->rows) {
      const SeriesKey* key = row.series.get();
      if (number_of_series_.try_emplace(key).second) series_.push_back(key);
    }
  }
  const auto less = [](auto* a, auto* b) { return *a < *b; };
  std::ranges::sort(series_, less);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < series_.size(); ++i) {
    if (i > 0 && *series_[i - 1] != *series_[i]) ++number;
    number_of_series_[series_[i]] = number;
  }
  const auto same = [](auto* a, auto* b) { return *a == *b; };
  series_.erase(std::unique(series_.begin(), series_.end(), same),
                series_.end());
}

void ProfileStore::AddRows() {
  for (std::uint32_t i = 0; i < files_.size(); ++i) {
    const FileRows& file = *files_[i].rows;
    for (std::uint32_t j = 0; j < file.rows.size(); ++j) {
      rows_.push_back({.time = file.time,
                       .total = file.rows[j].total,
                       .series = number_of_series_[file.rows[j].series.get()],
                       .file = i,
                       .row = j});
    }
  }
  std::ranges::sort(rows_, [](const StoredRow& a, const StoredRow& b) {
    return std::tie(a.time, a.file, a.row) < std::tie(b.time, b.file, b.row);
  });
}

// The rows of a file are consecutive, as all have its time.
void ProfileStore::SubtractCounters() {
  std::vector<std::uint32_t> first_row(files_.size());
  for (std::uint32_t i = static_cast<std::uint32_t>(rows_.size()); i-- > 0;) {
    first_row[rows_[i].file] = i;
  }
  for (std::uint32_t file = 0; file < files_.size(); ++file) {
    if (counters_[file].place != CounterPlace::kNext) continue;
    const std::uint32_t previous = counters_[file].previous;
    std::unordered_map<std::uint32_t, std::uint32_t> row_of_series;
    for (std::uint32_t i = 0; i < files_[previous].rows->rows.size(); ++i) {
      const std::uint32_t row = first_row[previous] + i;
      row_of_series[rows_[row].series] = row;
    }
    for (std::uint32_t i = 0; i < files_[file].rows->rows.size(); ++i) {
      StoredRow& row = rows_[first_row[file] + i];
      const auto base = row_of_series.find(row.series);
      if (base == row_of_series.end() || !IsCounterType(TypeOf(row))) continue;
      row.base = base->second;
      row.total = profile::WrappingSubtract(row.total,
                                            FileRowOf(rows_[row.base]).total);
    }
  }
}

CounterPlace ProfileStore::PlaceOf(const StoredRow& row) const {
  return IsCounterType(TypeOf(row)) ? counters_[row.file].place
                                    : CounterPlace::kNone;
}

void ProfileStore::DropFirstCounters(
    std::vector<const StoredRow*>& rows) const {
  std::set<std::uint32_t> continued;
  for (const StoredRow* row : rows) {
    const CounterPlace place = PlaceOf(*row);
    if (place == CounterPlace::kNext || place == CounterPlace::kRestart) {
      continued.insert(ProcessOf(*row));
    }
  }
  if (continued.empty()) return;
  std::erase_if(rows, [&](const StoredRow* row) {
    return PlaceOf(*row) == CounterPlace::kFirst &&
           continued.contains(ProcessOf(*row));
  });
}

std::string_view ProfileStore::LabelOf(const StoredRow& row,
                                       std::string_view name) const {
  if (IsFileLabel(name)) return files_[row.file].path;
  return SeriesOf(row).labels.Get(name);
}

std::vector<const StoredRow*> ProfileStore::Select(
    const source::LabelQuery& query) const {
  return SelectWhere(query.selector, query.range,
                     [](const SeriesKey&) { return true; });
}

std::vector<const StoredRow*> ProfileStore::Select(
    const source::ProfileQuery& query,
    const std::vector<std::string>& profile_ids) const {
  std::vector<const StoredRow*> rows = SelectWhere(
      query.selector, query.range,
      // The five fields are compared as one text, as Pyroscope does.
      [id = query.type.Id()](const SeriesKey& series) {
        return series.labels.Get(profile::kLabelProfileType) == id &&
               series.labels.Get(kSampledLabel) != "true";
      });
  KeepProfiles(profile_ids, rows);
  if (IsCounterType(query.type.sample_type)) DropFirstCounters(rows);
  return rows;
}

void ProfileStore::KeepProfiles(const std::vector<std::string>& profile_ids,
                                std::vector<const StoredRow*>& rows) const {
  if (profile_ids.empty()) return;
  std::erase_if(rows, [&](const StoredRow* row) {
    const std::string& id = files_[row->file].rows->profile_id;
    return std::ranges::find(profile_ids, id) == profile_ids.end();
  });
}

std::vector<const StoredRow*> ProfileStore::Select(
    const source::ExportQuery& query) const {
  const source::ProfileQuery& profiles = query.profiles;
  if (!query.all_types) return Select(profiles, query.samples.profile_ids);
  std::vector<const StoredRow*> rows =
      SelectWhere(profiles.selector, profiles.range,
                  [&wanted = profiles.type](const SeriesKey& series) {
                    const profile::ProfileType& type = series.type;
                    return type.name == wanted.name &&
                           type.period_type == wanted.period_type &&
                           type.period_unit == wanted.period_unit &&
                           series.labels.Get(kSampledLabel) != "true";
                  });
  KeepProfiles(query.samples.profile_ids, rows);
  return rows;
}

// Rows are sorted by time, so a window is contiguous.
std::span<const StoredRow> ProfileStore::InWindow(
    const TimeRange& range) const {
  const auto begin =
      std::lower_bound(rows_.begin(), rows_.end(), range.from, IsBefore);
  const auto end = std::upper_bound(begin, rows_.end(), range.to, IsAfter);
  return {begin, end};
}

template <typename KeepsSeries>
std::vector<const StoredRow*> ProfileStore::SelectWhere(
    const LabelSelector& selector, const TimeRange& range,
    KeepsSeries keeps) const {
  // There are few series and many rows: matchers, and above all regular
  // expressions, run once for each series.
  const SplitSelector split = Split(selector, *this);
  std::vector<bool> keeps_series;
  for (const SeriesKey* series : series_) {
    keeps_series.push_back(keeps(*series) &&
                           split.series.Matches(series->labels));
  }
  std::vector<bool> keeps_file;
  for (const StoredFile& file : files_) {
    const auto matches = [&](const profile::Matcher& matcher) {
      return matcher.Matches(file.path);
    };
    keeps_file.push_back(std::ranges::all_of(split.file.matchers(), matches));
  }
  std::vector<const StoredRow*> selected;
  for (const StoredRow& row : InWindow(range)) {
    if (keeps_series[row.series] && keeps_file[row.file]) {
      selected.push_back(&row);
    }
  }
  return selected;
}

}  // namespace pmcp::store
