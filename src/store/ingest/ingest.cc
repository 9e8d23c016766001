#include "store/ingest/ingest.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "profile/words/wrapping_add.h"
#include "store/ingest/label_limits.h"
#include "store/ingest/normalize.h"
#include "store/ingest/profile_id.h"
#include "store/ingest/profile_name.h"

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

std::int64_t TotalOf(const Profile& profile, const SampleNumbers& samples,
                     std::size_t value_index) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t value = profile.samples.values(samples[i])[value_index];
    if (value > 0) total = profile::WrappingAdd(total, value);
  }
  return total;
}

}  // namespace

Result<IngestedFile> IngestFile(ByteBuffer bytes, const FilePlace& place) {
  return Ingester().Ingest(bytes, place);
}

Result<Profile> ReadProfile(ByteBuffer bytes, const FilePlace& place,
                            const profile::ProfileLimits& limits) {
  PMCP_TRY(profile,
           profile::DecodeProfile(std::move(bytes), place.path, limits));
  NormalizeInPlace(profile, place.labels.Get(kSpyLabel));
  return std::move(profile);
}

Result<IngestedFile> Ingester::Ingest(ByteBuffer& bytes,
                                      const FilePlace& place) {
  std::string profile_id = ProfileId(place.path, bytes.view());
  const auto ingest = [&]() -> Result<IngestedFile> {
    PMCP_TRY_VOID(decoder_.Decode(bytes, place.path));
    NormalizeInPlace(decoder_.profile(), place.labels.Get(kSpyLabel));
    return MakeFile(place, std::move(profile_id));
  };
  Result<IngestedFile> file = ingest();
  if (decoder_.FreeLargeBuffers(bytes)) names_ = {};
  return file;
}

Result<IngestedFile> Ingester::MakeFile(const FilePlace& place,
                                        std::string profile_id) {
  Profile& profile = decoder_.profile();
  FileRows rows{.time = TimeOf(profile, place),
                .duration = DurationOf(profile),
                .profile_id = std::move(profile_id),
                .rows = {}};
  auto samples = std::make_shared<FileSamples>();
  std::vector<Partition> partitions =
      SplitByLabels(profile, SeriesLabels(profile, place));
  series_.BeginFile();
  samples->partitions.reserve(partitions.size());
  for (std::uint32_t i = 0; i < partitions.size(); ++i) {
    PMCP_TRY_VOID(CheckLabels(partitions[i].labels));
    AddRows(partitions[i], i, rows.rows);
    samples->partitions.push_back(std::move(partitions[i].samples));
  }
  samples->ids = SampleIds(profile);
  samples->stacks = profile::StackSamples(profile, names_);
  return IngestedFile{std::move(rows), std::move(samples)};
}

// One row for each sample type that has a positive value: a heap profile of a
// program that holds no memory has no inuse_space at all, as in Pyroscope.
void Ingester::AddRows(const Partition& partition, std::uint32_t number,
                       std::vector<FileRow>& rows) {
  const Profile& profile = decoder_.profile();
  const std::string_view name = partition.labels.Get(profile::kLabelName);
  for (std::uint32_t i = 0; i < profile.sample_types.size(); ++i) {
    const std::int64_t total = TotalOf(profile, partition.samples, i);
    if (total == 0) continue;
    rows.push_back(
        {.series = series_.KeyOf(partition.labels, TypeOf(profile, i, name)),
         .total = total,
         .partition = number,
         .value_index = i});
  }
}

}  // namespace pmcp::store
