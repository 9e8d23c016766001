#include "store/series_in_time.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace pmcp::store {
namespace {

using profile::Series;

/// Finds the group of a row. Without kLabelFile among the labels all rows of
/// one series are of one group, which is looked up once.
class Groups {
 public:
  Groups(const ProfileStore& store, const std::vector<std::string>& group_by)
      : store_(store),
        group_by_(group_by),
        by_file_(std::ranges::find(group_by, profile::kLabelFile) !=
                 group_by.end()),
        of_series_(store.series_count()) {}

  Series& Of(const StoredRow& row) {
    if (by_file_) return Find(row);
    Series*& known = of_series_[row.series];
    if (known == nullptr) known = &Find(row);
    return *known;
  }

  std::vector<Series> Take() {
    std::vector<Series> all;
    for (auto& [values, series] : groups_) all.push_back(std::move(series));
    return all;
  }

 private:
  Series& Find(const StoredRow& row) {
    std::vector<std::string_view> values;
    for (const std::string& name : group_by_) {
      values.push_back(store_.LabelOf(row, name));
    }
    const auto [place, is_new] = groups_.try_emplace(std::move(values));
    if (is_new) place->second.labels = LabelsOf(place->first);
    return place->second;
  }

  /// A label that a series does not have is left out.
  std::vector<profile::Label> LabelsOf(
      const std::vector<std::string_view>& values) const {
    std::vector<profile::Label> labels;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].empty()) continue;
      labels.push_back({group_by_[i], std::string(values[i])});
    }
    return labels;
  }

  const ProfileStore& store_;
  const std::vector<std::string>& group_by_;
  const bool by_file_;
  std::vector<Series*> of_series_;  // values of the map, which do not move
  std::map<std::vector<std::string_view>, Series> groups_;
};

/// Rows come by time, so their buckets do too.
void AddPoint(Series& series, TimePointMs edge, double value) {
  if (series.points.empty() || series.points.back().timestamp != edge) {
    series.points.push_back({edge, 0});
  }
  series.points.back().value += value;
}

double SumOf(const Series& series) {
  double sum = 0;
  for (const profile::Point& point : series.points) sum += point.value;
  return sum;
}

/// Pyroscope's order, which counts the bucket before the window too; whoever
/// cuts the list has to sort again without it.
void SortBySum(std::vector<Series>& all) {
  std::ranges::sort(all, [](const Series& a, const Series& b) {
    const double sum_a = SumOf(a);
    const double sum_b = SumOf(b);
    return sum_a != sum_b ? sum_a > sum_b : a.labels < b.labels;
  });
}

}  // namespace

std::vector<Series> SelectSeries(const ProfileStore& store,
                                 const source::SeriesQuery& query) {
  const profile::SeriesBuckets buckets(query.profiles.range, query.step);
  source::ProfileQuery fetched = query.profiles;
  fetched.range = buckets.fetch_range();

  Groups groups(store, query.group_by);
  for (const StoredRow* row : store.Select(fetched)) {
    const std::int64_t bucket = buckets.IndexOf(FloorToMs(row->time));
    if (bucket < 0) continue;  // behind the last whole bucket
    AddPoint(groups.Of(*row), buckets.Edge(bucket),
             static_cast<double>(row->total));
  }
  std::vector<Series> all = groups.Take();
  SortBySum(all);
  return all;
}

}  // namespace pmcp::store
