#include "store/ingest/ingest.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "profile/words/wrapping_add.h"
#include "store/files/file_service.h"
#include "store/files/prepare_file.h"
#include "store/ingest/profile_id.h"
#include "store/ingest/profile_name.h"
#include "store/pushed/label_limits.h"
#include "store/pushed/normalize.h"

namespace pmcp::store {
namespace {

using profile::Labels;
using profile::Profile;
using profile::ProfileType;

constexpr std::string_view kSpyLabel = "pyroscope_spy";
/// Pyroscope's name for the service of a profile that names none.
constexpr std::string_view kUnknownService = "unknown_service";
constexpr std::string_view kUnnamedProfile = "profile";

std::string_view FileName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

/// The service of a file whose place says nothing.
std::string ServiceOf(const Profile& profile, const FilePlace& place) {
  if (place.rules == IngestRules::kAsFiles) {
    if (auto program = ServiceOfMapping(profile); !program.empty()) {
      return program;
    }
    if (const auto name = FileName(place.path); !name.empty()) {
      return Sanitize(name);
    }
  }
  return std::string(kUnknownService);
}

/// The labels that all samples of the file have.
Labels SeriesLabels(const Profile& profile, const FilePlace& place) {
  Labels labels = place.labels;
  // If a rule removes `__name__`, the default applies: every profile type has a
  // name.
  if (!labels.Has(profile::kLabelName)) {
    labels.Set(profile::kLabelName, ProfileName(profile, FileName(place.path)));
  }
  // The first sample type may have no name, which as pushed is refused.
  if (!labels.Has(profile::kLabelName) &&
      place.rules == IngestRules::kAsFiles) {
    labels.Set(profile::kLabelName, kUnnamedProfile);
  }
  if (!labels.Has(profile::kLabelServiceName)) {
    labels.Set(profile::kLabelServiceName, ServiceOf(profile, place));
  }
  return labels;
}

FileTime TimeOf(const Profile& profile, const FilePlace& place,
                std::vector<std::string>& remarks) {
  if (place.rules == IngestRules::kAsFiles) {
    return ReadFileTime(profile, place.modified, remarks);
  }
  const TimePoint stated{std::chrono::nanoseconds(profile.time_nanos)};
  return {.time = profile.time_nanos > 0 ? stated : place.modified,
          .duration = ClampDuration(profile.duration_nanos)};
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

struct Total {
  std::int64_t sum = 0;
  bool has_value = false;  // that counts
};

Total TotalOf(const Profile& profile, const SampleNumbers& samples,
              std::size_t value_index, IngestRules rules) {
  Total total;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t value = profile.samples.values(samples[i])[value_index];
    if (value > 0 || (value < 0 && rules == IngestRules::kAsFiles)) {
      total.sum = profile::WrappingAdd(total.sum, value);
      total.has_value = true;
    }
  }
  return total;
}

/// What the server refuses of a pushed profile.
Result<void> CheckPushed(const Profile& profile) {
  for (const profile::ValueType& type : profile.sample_types) {
    const std::string_view name = profile.strings[type.type];
    if (name.find('-') != std::string_view::npos) {
      return InvalidArgument(
          fmt::format("has a sample type with a \"-\" in its name: \"{}\"",
                      name),
          "Record it with another profiler.");
    }
  }
  return {};
}

}  // namespace

Result<IngestedFile> IngestFile(ByteBuffer bytes, const FilePlace& place) {
  return Ingester().Ingest(bytes, place);
}

Result<Profile> ReadProfile(ByteBuffer bytes, const FilePlace& place,
                            const profile::ProfileLimits& limits) {
  PMCP_TRY(profile,
           profile::DecodeProfile(std::move(bytes), place.path, limits));
  if (place.rules == IngestRules::kAsFiles) {
    PMCP_TRY_VOID(CheckReferences(profile));
  } else {
    PMCP_TRY_VOID(CheckPushed(profile));
    NormalizeInPlace(profile, place.labels.Get(kSpyLabel));
  }
  return std::move(profile);
}

Result<IngestedFile> Ingester::Ingest(ByteBuffer& bytes,
                                      const FilePlace& place) {
  std::string profile_id = ProfileId(place.path, bytes.view());
  const auto ingest = [&]() -> Result<IngestedFile> {
    PMCP_TRY_VOID(decoder_.Decode(bytes, place.path));
    std::vector<std::string> remarks;
    PMCP_TRY_VOID(Prepare(place, remarks));
    const FileTime time = TimeOf(decoder_.profile(), place, remarks);
    PMCP_TRY(made, MakeFile(place, time, std::move(profile_id)));
    made.remarks = std::move(remarks);
    return std::move(made);
  };
  Result<IngestedFile> file = ingest();
  if (decoder_.FreeLargeBuffers(bytes)) names_ = {};
  return file;
}

Result<void> Ingester::Prepare(const FilePlace& place,
                               std::vector<std::string>& remarks) {
  Profile& profile = decoder_.profile();
  if (place.rules == IngestRules::kAsFiles) {
    return PrepareFile(profile, remarks);
  }
  PMCP_TRY_VOID(CheckPushed(profile));
  NormalizeInPlace(profile, place.labels.Get(kSpyLabel));
  return {};
}

Result<IngestedFile> Ingester::MakeFile(const FilePlace& place, FileTime time,
                                        std::string profile_id) {
  Profile& profile = decoder_.profile();
  FileRows rows{.time = time.time,
                .duration = time.duration,
                .profile_id = std::move(profile_id),
                .process = {},
                .counters = {},
                .rows = {}};
  const Labels labels = SeriesLabels(profile, place);
  rows.process = series_.ProcessOf(labels);
  auto samples = std::make_shared<FileSamples>();
  if (place.rules == IngestRules::kAsFiles) {
    samples->counting = profile::Counting::kAll;
    rows.counters =
        SketchCounters(profile, place.path, labels.Get(profile::kLabelName));
  }
  std::vector<Partition> partitions = SplitByLabels(profile, labels);
  series_.BeginFile();
  samples->partitions.reserve(partitions.size());
  for (std::uint32_t i = 0; i < partitions.size(); ++i) {
    if (place.rules == IngestRules::kAsPushed) {
      PMCP_TRY_VOID(CheckLabels(partitions[i].labels));
    }
    AddRows(partitions[i], i, place.rules, rows.rows);
    samples->partitions.push_back(std::move(partitions[i].samples));
  }
  samples->ids = SampleIds(profile);
  samples->stacks = profile::StackSamples(profile, names_);
  return IngestedFile{std::move(rows), std::move(samples), {}};
}

// Adds one row for each sample type with a positive value: the heap profile of
// a program that holds no memory has no row of inuse_space, as in Pyroscope.
void Ingester::AddRows(const Partition& partition, std::uint32_t number,
                       IngestRules rules, std::vector<FileRow>& rows) {
  const Profile& profile = decoder_.profile();
  const std::string_view name = partition.labels.Get(profile::kLabelName);
  for (std::uint32_t i = 0; i < profile.sample_types.size(); ++i) {
    const Total total = TotalOf(profile, partition.samples, i, rules);
    if (!total.has_value) continue;
    rows.push_back(
        {.series = series_.KeyOf(partition.labels, TypeOf(profile, i, name)),
         .total = total.sum,
         .partition = number,
         .value_index = i});
  }
}

}  // namespace pmcp::store
