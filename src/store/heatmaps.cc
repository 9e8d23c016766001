#include "store/heatmaps.h"

#include <cstdint>
#include <utility>

#include "profile/series.h"
#include "store/row_groups.h"
#include "store/search_files.h"

namespace pmcp::store {
namespace {

using profile::HeatmapPoint;

/// From one step before the window on, as for series in time.
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

/// What the spans of a row have; they refer to `samples`.
void AddSpans(const ProfileStore& store, const FileSamples& samples,
              const StoredRow& row, std::uint32_t group,
              std::vector<HeatmapPoint>& points) {
  const FileRow& stored = store.FileRowOf(row);
  for (const std::uint32_t sample : samples.partitions[stored.partition]) {
    const std::int64_t value =
        samples.profile.samples.values(sample)[stored.value_index];
    const std::uint64_t span = samples.ids.span(sample);
    if (value <= 0 || span == 0) continue;
    points.push_back({.timestamp = FloorToMs(row.time),
                      .profile_id = {},
                      .span_id = span,
                      .trace_id = samples.ids.trace(sample),
                      .value = value,
                      .group = group,
                      .series = &store.SeriesOf(row).labels});
  }
}

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
  std::vector<SearchedFile> files =
      GroupByFile(store, store.Select(Fetched(query)), {});
  PMCP_TRY(changed,
           SearchFiles(index, snapshot, files, call, [](std::size_t) {}));
  RowGroups groups(store, query.group_by);
  std::vector<HeatmapPoint> points;
  for (const SearchedFile& file : files) {
    PMCP_TRY_VOID(call.Check());
    if (file.samples == nullptr) continue;
    for (const StoredRow* row : file.rows) {
      AddSpans(store, *file.samples, *row, groups.Of(*row), points);
    }
  }
  return FromFiles<std::vector<profile::HeatmapSeries>>{
      profile::MakeHeatmap(std::move(points), groups.labels(),
                           OptionsOf(query)),
      std::move(changed)};
}

}  // namespace pmcp::store
