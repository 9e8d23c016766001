#include "store/rows/series_in_time.h"

#include <cstdint>
#include <span>
#include <utility>

#include "profile/words/wrapping_add.h"
#include "store/rows/row_groups.h"

namespace pmcp::store {
namespace {

using profile::Label;
using profile::Series;

/// The value of one profile in one group. A profile whose samples have labels
/// has several series and so several rows.
struct ProfileInGroup {
  const StoredRow* row = nullptr;  // the first of them
  std::int64_t sum = 0;
  std::vector<const profile::Labels*> series;
};

/// Makes the points of one group. Rows are added in the order of time, so
/// buckets ascend, and the rows of one profile are consecutive.
class SeriesMaker {
 public:
  SeriesMaker(const ProfileStore& store, bool with_exemplars)
      : store_(store), with_exemplars_(with_exemplars) {}

  void Add(TimePointMs edge, const StoredRow& row) {
    if (points_.empty() || points_.back().timestamp != edge) {
      FinishProfile();
      points_.push_back({.timestamp = edge});
      if (with_exemplars_) largest_.emplace_back();
    }
    points_.back().value += static_cast<double>(row.total);
    if (with_exemplars_) AddToProfile(row);
  }

  Series Finish(std::span<const Label> labels) {
    FinishProfile();
    for (std::size_t i = 0; i < largest_.size(); ++i) {
      points_[i].exemplars = {ExemplarOf(largest_[i], labels)};
    }
    return {{labels.begin(), labels.end()}, std::move(points_)};
  }

 private:
  void AddToProfile(const StoredRow& row) {
    if (last_.row != nullptr && last_.row->file != row.file) FinishProfile();
    if (last_.row == nullptr) last_.row = &row;
    last_.sum = profile::WrappingAdd(last_.sum, row.total);
    last_.series.push_back(&store_.SeriesOf(row).labels);
  }

  /// Keeps the first of equal profiles.
  void FinishProfile() {
    ProfileInGroup profile = std::exchange(last_, {});
    if (profile.row == nullptr) return;
    ProfileInGroup& largest = largest_.back();
    if (largest.row == nullptr || profile.sum > largest.sum) {
      largest = std::move(profile);
    }
  }

  profile::Exemplar ExemplarOf(const ProfileInGroup& profile,
                               std::span<const Label> group) const {
    const FileRows& file = *store_.files()[profile.row->file].rows;
    return {.timestamp = FloorToMs(profile.row->time),
            .profile_id = file.profile_id,
            .value = profile.sum,
            .labels = profile::ExemplarLabels(profile.series, group)};
  }

  const ProfileStore& store_;
  const bool with_exemplars_;
  std::vector<profile::Point> points_;
  std::vector<ProfileInGroup> largest_;  // for each point
  ProfileInGroup last_;                  // the profile of the current rows
};

}  // namespace

std::vector<Series> SelectSeries(const ProfileStore& store,
                                 const source::SeriesQuery& query) {
  const profile::SeriesBuckets buckets(query.profiles.range, query.step);
  source::ProfileQuery fetched = query.profiles;
  fetched.range = buckets.fetch_range();

  RowGroups groups(store, query.group_by);
  std::vector<SeriesMaker> makers;
  for (const StoredRow* row : store.Select(fetched)) {
    const std::int64_t bucket = buckets.IndexOf(FloorToMs(row->time));
    if (bucket < 0) continue;  // after the last whole bucket
    const std::uint32_t group = groups.Of(*row);
    if (group == makers.size()) makers.emplace_back(store, query.exemplars);
    makers[group].Add(buckets.Edge(bucket), *row);
  }
  std::vector<Series> all;
  for (std::size_t i = 0; i < makers.size(); ++i) {
    all.push_back(makers[i].Finish(groups.labels()[i]));
  }
  profile::SortBySum(all);
  if (query.limit > 0 && all.size() > query.limit) all.resize(query.limit);
  return all;
}

}  // namespace pmcp::store
