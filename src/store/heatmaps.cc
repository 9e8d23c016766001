#include "store/heatmaps.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "profile/time/series.h"
#include "profile/words/string_table.h"
#include "store/folder/search_files.h"
#include "store/rows/row_groups.h"

namespace pmcp::store {
namespace {

using profile::HeatmapPoint;

/// Starts one step before the window, as for series in time.
source::ProfileQuery Fetched(const source::HeatmapQuery& query) {
  const profile::SeriesBuckets buckets(query.profiles.range, query.step);
  source::ProfileQuery fetched = query.profiles;
  fetched.range = buckets.fetch_range();
  return fetched;
}

profile::HeatmapOptions OptionsOf(const source::HeatmapQuery& query) {
  return {.range = query.profiles.range,
          .step = query.step,
          .exemplars = query.exemplars,
          .limit = query.limit};
}

/// The points of spans, and the ids of traces that they refer to.
class SpanPoints {
 public:
  explicit SpanPoints(const ProfileStore& store) : store_(store) {}

  void Add(const FileSamples& samples, const StoredRow& row,
           std::uint32_t group) {
    const FileRow& stored = store_.FileRowOf(row);
    const SampleNumbers& numbers = samples.partitions[stored.partition];
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const std::uint32_t sample = numbers[i];
      const std::int64_t value =
          samples.stacks.value(sample, stored.value_index);
      const std::uint64_t span = samples.ids.span(sample);
      if (value <= 0 || span == 0) continue;
      points_.push_back({.timestamp = FloorToMs(row.time),
                         .profile_id = {},
                         .span_id = span,
                         .trace_id = Keep(samples.ids.trace(sample)),
                         .value = value,
                         .group = group,
                         .series = &store_.SeriesOf(row).labels});
    }
  }

  std::vector<HeatmapPoint> Take() { return std::move(points_); }

 private:
  /// Copies the id, since the samples may be freed before the points.
  std::string_view Keep(std::string_view trace) {
    return trace.empty() ? trace : traces_[traces_.Intern(trace)];
  }

  const ProfileStore& store_;
  profile::StringTable traces_;
  std::vector<HeatmapPoint> points_;
};

}  // namespace

std::vector<profile::HeatmapSeries> IndividualHeatmap(
    const ProfileStore& store, const source::HeatmapQuery& query) {
  RowGroups groups(store, query.group_by);
  std::vector<HeatmapPoint> points;
  for (const StoredRow* row : store.Select(Fetched(query))) {
    points.push_back({.timestamp = FloorToMs(row->time),
                      .profile_id = store.files()[row->file].rows->profile_id,
                      .trace_id = {},
                      .value = row->total,
                      .group = groups.Of(*row),
                      .series = &store.SeriesOf(*row).labels});
  }
  return profile::MakeHeatmap(std::move(points), groups.labels(),
                              OptionsOf(query));
}

Result<FromFiles<std::vector<profile::HeatmapSeries>>> SpanHeatmap(
    FolderIndex& index, const Snapshot& snapshot,
    const source::HeatmapQuery& query, const CallContext& call) {
  const ProfileStore& store = snapshot.store;
  RowGroups groups(store, query.group_by);
  SpanPoints points(store);
  const auto take = [&](const SearchedFile& file) {
    for (const StoredRow* row : file.rows) {
      points.Add(*file.samples, *row, groups.Of(*row));
    }
  };
  PMCP_TRY(changed,
           SearchFiles(index, snapshot,
                       GroupByFile({store.Select(Fetched(query)), {}}), call,
                       {.search = [](const auto&) {}, .take = take}));
  return FromFiles<std::vector<profile::HeatmapSeries>>{
      profile::MakeHeatmap(points.Take(), groups.labels(), OptionsOf(query)),
      std::move(changed)};
}

}  // namespace pmcp::store
