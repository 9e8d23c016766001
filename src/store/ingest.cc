#include "store/ingest.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "profile/pprof_decode.h"
#include "profile/wrapping_add.h"
#include "store/label_limits.h"
#include "store/normalize.h"
#include "store/profile_id.h"
#include "store/profile_name.h"
#include "store/split.h"

namespace pmcp::store {
namespace {

using profile::Labels;
using profile::Profile;
using profile::ProfileType;

constexpr std::string_view kSpyLabel = "pyroscope_spy";
/// What the server calls the service of a push that names none.
constexpr std::string_view kUnknownService = "unknown_service";

std::string_view FileName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

/// The labels that all samples of the file have.
Labels SeriesLabels(const Profile& profile, const FilePlace& place) {
  Labels labels = place.labels;
  // A rule that takes `__name__` away gets the default again: there is no
  // profile type without a name.
  if (!labels.Has(profile::kLabelName)) {
    labels.Set(profile::kLabelName, ProfileName(profile, FileName(place.path)));
  }
  if (!labels.Has(profile::kLabelServiceName)) {
    labels.Set(profile::kLabelServiceName, kUnknownService);
  }
  return labels;
}

TimePoint TimeOf(const Profile& profile, const FilePlace& place) {
  if (profile.time_nanos <= 0) return place.modified;
  return TimePoint(std::chrono::nanoseconds(profile.time_nanos));
}

/// What a profile says of its length, as far as it can be true.
std::chrono::nanoseconds DurationOf(const Profile& profile) {
  constexpr std::chrono::nanoseconds kLongest = std::chrono::hours(24 * 7);
  const std::chrono::nanoseconds stated(profile.duration_nanos);
  return std::clamp(stated, std::chrono::nanoseconds(0), kLongest);
}

ProfileType TypeOf(const Profile& profile, std::size_t value_index,
                   std::string_view name) {
  const auto text = [&](profile::StringId id) {
    return std::string(profile.strings[id]);
  };
  const profile::ValueType& sample = profile.sample_types[value_index];
  ProfileType type{.name = std::string(name),
                   .sample_type = text(sample.type),
                   .sample_unit = text(sample.unit),
                   .period_type = {},
                   .period_unit = {}};
  if (profile.has_period_type) {
    type.period_type = text(profile.period_type.type);
    type.period_unit = text(profile.period_type.unit);
  }
  return type;
}

std::int64_t TotalOf(const Profile& profile,
                     std::span<const std::uint32_t> rows,
                     std::size_t value_index) {
  std::int64_t total = 0;
  for (const std::uint32_t row : rows) {
    const std::int64_t value = profile.samples.values(row)[value_index];
    if (value > 0) total = profile::WrappingAdd(total, value);
  }
  return total;
}

/// One row for each sample type that has a positive value: a heap profile of
/// a program that holds no memory has no inuse_space at all, as in Pyroscope.
void AddRows(const Profile& profile, const Partition& partition,
             std::uint32_t number, std::vector<FileRow>& rows) {
  const std::string_view name = partition.labels.Get(profile::kLabelName);
  for (std::uint32_t i = 0; i < profile.sample_types.size(); ++i) {
    const std::int64_t total = TotalOf(profile, partition.rows, i);
    if (total == 0) continue;
    auto series = std::make_shared<const SeriesKey>(
        MakeSeriesKey(partition.labels, TypeOf(profile, i, name)));
    rows.push_back({.series = std::move(series),
                    .total = total,
                    .partition = number,
                    .value_index = i});
  }
}

}  // namespace

Result<IngestedFile> IngestFile(ByteBuffer bytes, const FilePlace& place) {
  std::string profile_id = ProfileId(place.path, bytes.view());
  PMCP_TRY(decoded, profile::DecodePprof(std::move(bytes)));
  auto samples = std::make_shared<FileSamples>();
  samples->profile = Normalize(std::move(decoded), place.labels.Get(kSpyLabel));
  const Profile& profile = samples->profile;

  FileRows rows{.time = TimeOf(profile, place),
                .duration = DurationOf(profile),
                .profile_id = std::move(profile_id),
                .rows = {}};
  std::vector<Partition> partitions =
      SplitByLabels(profile, SeriesLabels(profile, place));
  for (std::uint32_t i = 0; i < partitions.size(); ++i) {
    PMCP_TRY_VOID(CheckLabels(partitions[i].labels));
    AddRows(profile, partitions[i], i, rows.rows);
    samples->partitions.push_back(std::move(partitions[i].rows));
  }
  samples->ids = SampleIds(profile);
  return IngestedFile{std::move(rows), std::move(samples)};
}

}  // namespace pmcp::store
