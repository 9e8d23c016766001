#include "store/rows/label_questions.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace pmcp::store {
namespace {

using profile::Labels;
using profile::ProfileType;

/// The matching series that have a row in the window.
std::vector<const SeriesKey*> MatchedSeries(const ProfileStore& store,
                                            const source::LabelQuery& query) {
  std::vector<bool> seen(store.series_count());
  std::vector<const SeriesKey*> matched;
  for (const StoredRow* row : store.Select(query)) {
    if (seen[row->series]) continue;
    seen[row->series] = true;
    matched.push_back(&store.SeriesOf(*row));
  }
  return matched;
}

/// Omits labels that the series does not have.
Labels Project(const Labels& labels, const std::vector<std::string>& names) {
  Labels kept;
  for (const std::string& name : names) kept.Set(name, labels.Get(name));
  return kept;
}

/// The services that have one of `names` on any series in the window,
/// regardless of the selector. Pyroscope calls them datasets and skips all
/// others.
std::set<std::string_view> ServicesWith(const ProfileStore& store,
                                        const TimeRange& range,
                                        const std::vector<std::string>& names) {
  std::set<std::string_view> services;
  for (const SeriesKey* series :
       MatchedSeries(store, {.selector = {}, .range = range})) {
    const bool has_one = std::ranges::any_of(
        names, [&](const auto& name) { return series->labels.Has(name); });
    if (has_one)
      services.insert(series->labels.Get(profile::kLabelServiceName));
  }
  return services;
}

}  // namespace

// Pyroscope answers these from whole blocks of data
// (docs/pyroscope-behavior.md, "Index questions"). The store answers from the
// rows in the window, so everything that is listed has data.
std::vector<ProfileType> ProfileTypes(const ProfileStore& store,
                                      const source::LabelQuery& query) {
  std::map<std::string, ProfileType> by_id;
  for (const SeriesKey* series : MatchedSeries(store, query)) {
    by_id.emplace(series->type.Id(), series->type);
  }
  std::vector<ProfileType> types;
  for (auto& [id, type] : by_id) types.push_back(std::move(type));
  return types;
}

std::vector<std::string> LabelNames(const ProfileStore& store,
                                    const source::LabelQuery& query) {
  std::set<std::string> names;
  for (const SeriesKey* series : MatchedSeries(store, query)) {
    for (const profile::Label& label : series->labels.all()) {
      names.insert(label.name);
    }
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> LabelValues(const ProfileStore& store,
                                     std::string_view name,
                                     const source::LabelQuery& query) {
  // Visits rows, not series, because the file is a label of the row.
  std::set<std::string_view> values;
  for (const StoredRow* row : store.Select(query)) {
    values.insert(store.LabelOf(*row, name));
  }
  values.erase("");
  return {values.begin(), values.end()};
}

std::vector<Labels> SeriesLabels(const ProfileStore& store,
                                 const source::LabelQuery& query,
                                 const std::vector<std::string>& names) {
  std::set<Labels> sets;
  const std::set<std::string_view> services =
      ServicesWith(store, query.range, names);
  for (const SeriesKey* series : MatchedSeries(store, query)) {
    const Labels& labels = series->labels;
    if (names.empty()) {
      sets.insert(labels);
    } else if (services.contains(labels.Get(profile::kLabelServiceName))) {
      sets.insert(Project(labels, names));
    }
  }
  return {sets.begin(), sets.end()};
}

}  // namespace pmcp::store
