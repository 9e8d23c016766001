#include "store/directory_source.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "source/export_by_type.h"
#include "store/counter_notices.h"
#include "store/export_profile.h"
#include "store/heatmaps.h"
#include "store/rows/label_questions.h"
#include "store/rows/series_in_time.h"

namespace pmcp::store {
namespace {

using source::Answer;
using source::LabelQuery;

/// The number of attempts if files change while they are searched.
constexpr int kMaxSearches = 3;

source::Notice ChangedNotice(std::vector<std::string> paths) {
  constexpr std::size_t kMostNamed = 3;
  const std::size_t count = paths.size();
  if (count > kMostNamed) {
    paths.resize(kMostNamed);
    paths.push_back(fmt::format("and {} more", count - kMostNamed));
  }
  return {
      fmt::format("files that changed meanwhile are missing from this "
                  "answer (ask again): {}",
                  Join(paths, "; "))};
}

void Append(std::vector<source::Notice> more,
            std::vector<source::Notice>& notices) {
  std::ranges::move(more, std::back_inserter(notices));
}

/// Times are untrusted: the sum may overflow.
TimePoint EndOf(const FileRows& rows) {
  return rows.time > TimePoint::max() - rows.duration
             ? TimePoint::max()
             : rows.time + rows.duration;
}

/// Unlike std::chrono::ceil, does not overflow for the last instants.
TimePointMs CeilToMs(TimePoint time) {
  const TimePointMs floor = FloorToMs(time);
  return floor < time ? floor + std::chrono::milliseconds(1) : floor;
}

/// What is to be said about the counters of the profiles of a question.
template <typename Query>
std::vector<source::Notice> CounterNoticesOf(const ProfileStore& store,
                                             const Query& query) {
  if constexpr (std::same_as<Query, source::ExportQuery>) {
    return CounterNotices(store, query);
  } else if constexpr (requires { query.samples.profile_ids; }) {
    return CounterNotices(store, query.profiles, query.samples.profile_ids);
  } else {
    return CounterNotices(store, query.profiles);
  }
}

source::Coverage CoverageOf(const ProfileStore& store) {
  if (store.rows().empty()) return {};
  TimePoint end = store.rows().back().time;
  for (const StoredFile& file : store.files()) {
    if (file.rows->rows.empty()) continue;
    end = std::max(end, EndOf(*file.rows));
  }
  return {.profiles = static_cast<std::int64_t>(store.rows().size()),
          .range = {FloorToMs(store.rows().front().time), CeilToMs(end)}};
}

}  // namespace

DirectorySource::DirectorySource(DirectoryOptions options, const Clock& clock)
    : clock_(clock),
      rules_(options.rules),
      index_(std::move(options.folder), options.rules, options.cache_bytes,
             options.limits) {}

source::SourceInfo DirectorySource::Info() const {
  return {"local", index_.root()};
}

/// Answers `ask(store)` with the notices of the snapshot.
template <typename Ask>
auto DirectorySource::FromSnapshot(const CallContext& call, Ask ask) const {
  using Data = decltype(ask(std::declval<const ProfileStore&>()));
  const auto answer = [&]() -> Result<Answer<Data>> {
    PMCP_TRY(snapshot, index_.Refresh(call));
    PMCP_TRY_VOID(call.Check());
    return Answer<Data>{ask(snapshot->store), snapshot->notices};
  };
  return answer();
}

/// As FromSnapshot, for a question about the values of profiles.
template <typename Query, typename Ask>
auto DirectorySource::ValuesFromSnapshot(const Query& query,
                                         const CallContext& call,
                                         Ask ask) const {
  std::vector<source::Notice> notices;
  auto answer = FromSnapshot(call, [&](const ProfileStore& store) {
    notices = CounterNoticesOf(store, query);
    return ask(store, query);
  });
  if (answer.ok()) Append(std::move(notices), answer->notices);
  return answer;
}

Result<Answer<source::Coverage>> DirectorySource::Covered(
    const CallContext& call) const {
  return FromSnapshot(call, CoverageOf);
}

Result<Answer<TimeRange>> DirectorySource::DefaultWindow(
    const CallContext& call) const {
  return FromSnapshot(call, [this](const ProfileStore& store) {
    const source::Coverage covered = CoverageOf(store);
    if (covered.profiles > 0) return covered.range;
    const TimePointMs now = FloorToMs(clock_.Now());
    return TimeRange{now - std::chrono::hours(1), now};
  });
}

Result<Answer<std::vector<profile::ProfileType>>> DirectorySource::ProfileTypes(
    const LabelQuery& query, const CallContext& call) const {
  return FromSnapshot(call, [&](const ProfileStore& store) {
    return store::ProfileTypes(store, query);
  });
}

Result<Answer<std::vector<std::string>>> DirectorySource::LabelNames(
    const LabelQuery& query, const CallContext& call) const {
  return FromSnapshot(call, [&](const ProfileStore& store) {
    return store::LabelNames(store, query);
  });
}

Result<Answer<std::vector<std::string>>> DirectorySource::LabelValues(
    std::string_view name, const LabelQuery& query,
    const CallContext& call) const {
  return FromSnapshot(call, [&](const ProfileStore& store) {
    return store::LabelValues(store, name, query);
  });
}

Result<Answer<std::vector<profile::Labels>>> DirectorySource::Series(
    const LabelQuery& query, const std::vector<std::string>& names,
    const CallContext& call) const {
  return FromSnapshot(call, [&](const ProfileStore& store) {
    return SeriesLabels(store, query, names);
  });
}

/// Answers `merge(index, snapshot, query, call)`, which reads files. Repeats it
/// with a newer snapshot if files changed meanwhile.
template <typename Query, typename Merge>
auto DirectorySource::FromSamples(const Query& query, const CallContext& call,
                                  Merge merge) const {
  using Found = decltype(merge(index_, std::declval<Snapshot>(), query, call));
  using Data = decltype(std::declval<Found>()->data);
  const auto answer = [&]() -> Result<Answer<Data>> {
    auto since = call.begin();
    for (int search = 1;; ++search) {
      PMCP_TRY(snapshot, index_.RefreshSince(since, call));
      PMCP_TRY(found, merge(index_, *snapshot, query, call));
      if (!found.changed.empty() && search < kMaxSearches) {
        since = FolderIndex::Steady::now();
        continue;
      }
      Answer<Data> merged{std::move(found.data), snapshot->notices};
      Append(CounterNoticesOf(snapshot->store, query), merged.notices);
      if (!found.changed.empty()) {
        merged.notices.push_back(ChangedNotice(std::move(found.changed)));
      }
      return merged;
    }
  };
  return answer();
}

Result<Answer<profile::Stacks>> DirectorySource::MergeStacktraces(
    const source::StacktraceQuery& query, const CallContext& call) const {
  return FromSamples(
      query, call,
      [this](FolderIndex&, const Snapshot& snapshot,
             const source::StacktraceQuery& asked, const CallContext& asking) {
        return StacksOf(snapshot, asked, asking);
      });
}

Result<FromFiles<profile::Stacks>> DirectorySource::StacksOf(
    const Snapshot& snapshot, const source::StacktraceQuery& query,
    const CallContext& call) const {
  if (auto kept = last_question_.Find(snapshot, query)) {
    return FromFiles<profile::Stacks>{*std::move(kept), {}};
  }
  last_question_.Clear();
  PMCP_TRY(found, MergeStacks(index_, snapshot, query, call));
  if (found.changed.empty() &&
      found.data.memory_bytes() <= index_.question_bytes()) {
    last_question_.Keep(snapshot, query, found.data);
  }
  return std::move(found);
}

Result<Answer<profile::Profile>> DirectorySource::MergeProfile(
    const source::PprofQuery& query, const CallContext& call) const {
  return FromSamples(query, call, store::MergeProfile);
}

Result<Answer<source::ExportedProfile>> DirectorySource::ExportProfile(
    const source::ExportQuery& query, const CallContext& call) const {
  // As pushed, the folder answers as a server.
  if (rules_ == IngestRules::kAsPushed) {
    return source::ExportByType(*this, query, call);
  }
  return FromSamples(query, call, store::ExportProfile);
}

Result<Answer<std::vector<profile::HeatmapSeries>>>
DirectorySource::SelectHeatmap(const source::HeatmapQuery& query,
                               const CallContext& call) const {
  if (query.kind == source::HeatmapKind::kSpan) {
    return FromSamples(query, call, SpanHeatmap);
  }
  return ValuesFromSnapshot(query, call, IndividualHeatmap);
}

Result<Answer<std::vector<profile::Series>>> DirectorySource::SelectSeries(
    const source::SeriesQuery& query, const CallContext& call) const {
  return ValuesFromSnapshot(query, call, store::SelectSeries);
}

}  // namespace pmcp::store
