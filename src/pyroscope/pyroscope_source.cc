#include "pyroscope/pyroscope_source.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "profile/merge/pprof_merge.h"
#include "pyroscope/refusals.h"
#include "source/export_by_type.h"

namespace pmcp::pyroscope {
namespace {

using source::Answer;
using source::LabelQuery;
using source::Notice;
using std::chrono::milliseconds;

/// The default of max_query_lookback: a server drops older data without
/// reporting it.
constexpr auto kUsualLookback = std::chrono::days(7);

/// The resolution of windows.
constexpr milliseconds kInstant(1);

constexpr std::string_view kSelections = "ids of profiles and traces";

/// False for the placeholders that a server without data sends as its oldest
/// and newest times.
bool IsTime(std::int64_t ms) {
  return ms > 0 && ms < std::numeric_limits<std::int64_t>::max();
}

std::vector<profile::SamplePick> AllSamples(const profile::Profile& profile) {
  std::vector<profile::SamplePick> picks;
  for (std::uint32_t row = 0; row < profile.samples.size(); ++row) {
    picks.push_back({row, profile.samples.values(row).front()});
  }
  return picks;
}

/// Where a window begins that the v2 path reads. It selects by profile ids in
/// windows of both paths, too, so such a window includes the split itself.
TimePointMs BeginAt(TimePointMs split, const source::SampleSelection& samples) {
  return samples.trace_ids.empty() && samples.span_ids.empty()
             ? split - kInstant
             : split + kInstant;
}

/// The first edge of the grid after the split: its bucket begins before.
template <typename Query>
TimePointMs FirstEdge(const Query& query, TimePointMs split) {
  const TimeRange& range = query.profiles.range;
  const TimePointMs first = split + kInstant;
  const auto steps = (first - range.from + query.step - kInstant) / query.step;
  const TimePointMs edge = range.from + steps * query.step;
  return edge < range.to ? edge : first;
}

Notice HiddenNotice(std::int64_t hidden, std::int64_t total) {
  return {fmt::format(
      "The server folded {:.2g}% of the total into functions called \"other\"; "
      "a shorter window or a narrower selector shows them.",
      100.0 * static_cast<double>(hidden) / static_cast<double>(total))};
}

BaseUrl BaseUrlOf(const std::string& url, const Grafana* grafana) {
  if (grafana == nullptr) {
    // Over a Unix socket the host name is not used.
    if (url.starts_with("unix:")) {
      return [](const CallContext&) -> Result<std::string> {
        return std::string("http://localhost");
      };
    }
    return [url](const CallContext&) -> Result<std::string> { return url; };
  }
  return [grafana](const CallContext& call) { return grafana->ProxyUrl(call); };
}

ConnectOptions ConnectOf(const PyroscopeOptions& options) {
  ConnectOptions connect = options.connect;
  connect.through_grafana = options.grafana.has_value();
  return connect;
}

std::unique_ptr<const Grafana> GrafanaOf(const PyroscopeOptions& options,
                                         const http::HttpClient& http,
                                         const Credentials& credentials) {
  if (!options.grafana) return nullptr;
  return std::make_unique<const Grafana>(options.url, *options.grafana, http,
                                         credentials, ConnectOf(options));
}

}  // namespace

PyroscopeSource::PyroscopeSource(PyroscopeOptions options,
                                 std::unique_ptr<const http::HttpClient> http,
                                 const Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      http_(std::move(http)),
      credentials_(options_.credentials),
      grafana_(GrafanaOf(options_, *http_, credentials_)),
      querier_(ConnectClient(*http_, BaseUrlOf(options_.url, grafana_.get()),
                             credentials_, ConnectOf(options_))),
      windows_(querier_),
      stacks_(querier_, options_.connect.timeout) {}

source::SourceInfo PyroscopeSource::Info() const {
  source::SourceInfo info{.kind = grafana_ ? "grafana" : "pyroscope",
                          .location = options_.url,
                          .is_server = true,
                          .tenant = options_.credentials.tenant_id};
  if (grafana_) info.min_step = grafana_->MinStep();
  if (const auto version = querier_.KnownVersion()) {
    info.version = version->text();
    for (const Feature feature : AllFeatures()) {
      if (version->Has(feature)) continue;
      const VersionNumber since = FirstWith(feature);
      info.cannot.push_back(fmt::format("no {}: they came with {}.{}",
                                        NameOf(feature), since.major,
                                        since.minor));
    }
  }
  return info;
}

std::vector<source::Link> PyroscopeSource::Links(
    const source::ProfileQuery& query) const {
  return grafana_ ? grafana_->Links(query) : std::vector<source::Link>();
}

std::vector<Notice> PyroscopeSource::NoticesOn(const TimeRange& range) const {
  if (range.from >= FloorToMs(clock_.Now()) - kUsualLookback) return {};
  return {
      {"A server may drop data older than its max_query_lookback (7 days by "
       "default) without reporting it."}};
}

/// The union of the answers to all parts of the window, sorted.
template <typename T, typename Ask>
Result<Answer<std::vector<T>>> PyroscopeSource::Union(const LabelQuery& query,
                                                      const CallContext& call,
                                                      Ask ask) const {
  PMCP_TRY(parts, windows_.InPieces<std::vector<T>>(
                      query.range, call,
                      [&](const TimeRange& piece, const CallContext& one) {
                        return ask(LabelQuery{query.selector, piece}, one);
                      }));
  std::vector<T> all;
  for (std::vector<T>& part : parts) {
    std::ranges::move(part, std::back_inserter(all));
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return Answer<std::vector<T>>{std::move(all), {}};
}

/// Calls `ask` with the window. If the server refuses because its v1 path,
/// which has no `what`, reads the beginning, calls it with the split.
template <typename T, typename Ask>
Result<Answer<T>> PyroscopeSource::SinceSplit(const TimeRange& range,
                                              std::string_view what,
                                              const CallContext& call,
                                              Ask ask) const {
  Result<T> answer = ask(std::optional<TimePointMs>());
  std::vector<Notice> notices = NoticesOn(range);
  if (!answer.ok()) {
    const Error& error = answer.error();
    if (IsSplitRefusal(error)) querier_.RememberSplit(range.from);
    if (error.kind != ErrorKind::kUnsupported && !IsSplitRefusal(error)) {
      return error;
    }
    const auto division = querier_.Divide(range, call);
    if (!division.ok() || !division->split ||
        *division->split + kInstant >= range.to) {
      return error;
    }
    answer = ask(division->split);
    notices.push_back({fmt::format(
        "The answer begins at {}: this server has older profiles, if any, in "
        "its old storage (v1), which has no {}.",
        FormatTime(*division->split), what)});
  }
  if (!answer.ok()) return std::move(answer).error();
  return Answer<T>{*std::move(answer), std::move(notices)};
}

Result<Answer<source::Coverage>> PyroscopeSource::Covered(
    const CallContext& call) const {
  const Answer<source::Coverage> unknown{{.is_known = false}, {}};
  PMCP_TRY_VOID(querier_.Version(call));
  const auto stats = querier_.Stats(call);
  if (!stats.ok()) {
    // Old servers do not have this RPC, and no server answers it for several
    // tenants at once.
    const ErrorKind kind = stats.error().kind;
    const bool cannot =
        kind == ErrorKind::kUnsupported || kind == ErrorKind::kInvalidArgument;
    if (cannot) return unknown;
    return stats.error();
  }
  if (!stats->data_ingested || !IsTime(stats->newest_ms) ||
      stats->oldest_ms > stats->newest_ms) {
    return unknown;
  }
  const bool is_begin_known = IsTime(stats->oldest_ms);
  const TimePointMs newest{milliseconds(stats->newest_ms)};
  const TimePointMs oldest{milliseconds(stats->oldest_ms)};
  return Answer<source::Coverage>{
      {.profiles = 1,
       .range = {is_begin_known ? oldest : newest, newest},
       .is_begin_known = is_begin_known},
      {}};
}

Result<Answer<TimeRange>> PyroscopeSource::DefaultWindow(
    const CallContext&) const {
  const TimePointMs now = FloorToMs(clock_.Now());
  return Answer<TimeRange>{{now - std::chrono::hours(1), now}, {}};
}

Result<Answer<std::vector<profile::ProfileType>>> PyroscopeSource::ProfileTypes(
    const LabelQuery& query, const CallContext& call) const {
  auto types = Union<profile::ProfileType>(
      query, call, [&](const LabelQuery& part, const CallContext& one) {
        return querier_.ProfileTypes(part, one);
      });
  if (!types.ok()) return types;
  std::ranges::sort(types->data, {}, &profile::ProfileType::Id);
  recent_types_.Keep(query, types->data);
  return types;
}

Result<Answer<std::vector<profile::ProfileType>>>
PyroscopeSource::RecentProfileTypes(const LabelQuery& query,
                                    const CallContext& call) const {
  using Types = std::vector<profile::ProfileType>;
  if (auto recent = recent_types_.Find(query)) {
    return Answer<Types>{*std::move(recent), {}};
  }
  return ProfileTypes(query, call);
}

Result<Answer<std::vector<std::string>>> PyroscopeSource::LabelNames(
    const LabelQuery& query, const CallContext& call) const {
  return Union<std::string>(
      query, call, [&](const LabelQuery& part, const CallContext& one) {
        return querier_.LabelNames(part, one);
      });
}

Result<Answer<std::vector<std::string>>> PyroscopeSource::LabelValues(
    std::string_view name, const LabelQuery& query,
    const CallContext& call) const {
  return Union<std::string>(
      query, call, [&](const LabelQuery& part, const CallContext& one) {
        return querier_.LabelValues(name, part, one);
      });
}

Result<Answer<std::vector<profile::Labels>>> PyroscopeSource::Series(
    const LabelQuery& query, const std::vector<std::string>& names,
    const CallContext& call) const {
  return Union<profile::Labels>(
      query, call, [&](const LabelQuery& part, const CallContext& one) {
        return querier_.Series(part, names, one);
      });
}

Result<Answer<profile::Stacks>> PyroscopeSource::MergeStacktraces(
    const source::StacktraceQuery& query, const CallContext& call) const {
  const auto ask = [&](std::optional<TimePointMs> split) {
    source::StacktraceQuery asked = query;
    if (split) asked.profiles.range.from = BeginAt(*split, query.samples);
    return windows_.InPieces<FoundStacks>(
        asked.profiles.range, call,
        [&](const TimeRange& piece, const CallContext& one) {
          source::StacktraceQuery part = asked;
          part.profiles.range = piece;
          return stacks_.Find(part, one);
        });
  };
  PMCP_TRY(found, SinceSplit<std::vector<FoundStacks>>(query.profiles.range,
                                                       kSelections, call, ask));
  Answer<profile::Stacks> answer{{}, std::move(found.notices)};
  for (FoundStacks& part : found.data) {
    answer.folded += part.hidden;
    answer.data.AddTree(std::move(part.tree));
  }
  if (answer.folded > 0) {
    answer.notices.push_back(HiddenNotice(answer.folded, answer.data.total()));
  }
  return answer;
}

Result<Answer<std::vector<profile::Series>>> PyroscopeSource::SelectSeries(
    const source::SeriesQuery& query, const CallContext& call) const {
  if (!query.exemplars) {
    PMCP_TRY(series, windows_.SelectSeries(query, call));
    return Answer<std::vector<profile::Series>>{
        std::move(series), NoticesOn(query.profiles.range)};
  }
  return SinceSplit<std::vector<profile::Series>>(
      query.profiles.range, "exemplars", call,
      [&](std::optional<TimePointMs> split) {
        source::SeriesQuery asked = query;
        if (split) asked.profiles.range.from = FirstEdge(query, *split);
        return windows_.SelectSeries(asked, call);
      });
}

Result<Answer<std::vector<profile::HeatmapSeries>>>
PyroscopeSource::SelectHeatmap(const source::HeatmapQuery& query,
                               const CallContext& call) const {
  auto answer = SinceSplit<std::vector<profile::HeatmapSeries>>(
      query.profiles.range, "heatmaps", call,
      [&](std::optional<TimePointMs> split) {
        source::HeatmapQuery asked = query;
        if (split) asked.profiles.range.from = FirstEdge(query, *split);
        return querier_.SelectHeatmap(asked, call);
      });
  // The server sorts the series only if it had to apply the limit.
  if (answer.ok() && (query.limit == 0 || answer->data.size() < query.limit)) {
    std::ranges::sort(answer->data, {}, &profile::HeatmapSeries::labels);
  }
  return answer;
}

Result<Answer<profile::Profile>> PyroscopeSource::MergeProfile(
    const source::PprofQuery& query, const CallContext& call) const {
  const auto ask = [&](std::optional<TimePointMs> split) {
    source::PprofQuery asked = query;
    if (split) asked.profiles.range.from = BeginAt(*split, query.samples);
    return windows_.InPieces<profile::Profile>(
        asked.profiles.range, call,
        [&](const TimeRange& piece, const CallContext& one) {
          source::PprofQuery part = asked;
          part.profiles.range = piece;
          // A node that is small in one part may be large in the sum.
          if (piece.length() < asked.profiles.range.length()) {
            part.max_nodes = 0;
          }
          return querier_.MergeProfile(part, one);
        });
  };
  PMCP_TRY(found, SinceSplit<std::vector<profile::Profile>>(
                      query.profiles.range, kSelections, call, ask));
  std::vector<profile::Profile>& parts = found.data;
  if (parts.size() == 1 && parts[0].samples.size() > 0) {
    return Answer<profile::Profile>{std::move(parts[0]),
                                    std::move(found.notices)};
  }
  profile::PprofMerge merge(query.profiles.type, query.profiles.range.to,
                            query.pgo, query.max_nodes);
  for (const profile::Profile& part : parts) {
    if (part.samples.size() > 0) merge.Add(part, AllSamples(part));
  }
  return Answer<profile::Profile>{std::move(merge).Finish(),
                                  std::move(found.notices)};
}

Result<Answer<source::ExportedProfile>> PyroscopeSource::ExportProfile(
    const source::ExportQuery& query, const CallContext& call) const {
  return source::ExportByType(*this, query, call);
}

}  // namespace pmcp::pyroscope
