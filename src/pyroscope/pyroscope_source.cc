#include "pyroscope/pyroscope_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "profile/merge/pprof_merge.h"
#include "pyroscope/range_split.h"
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
      stacks_(querier_, options_.connect.timeout) {}

source::SourceInfo PyroscopeSource::Info() const {
  source::SourceInfo info{.kind = grafana_ ? "grafana" : "pyroscope",
                          .location = options_.url,
                          .is_server = true};
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

/// Reads the server's limit from its refusal and keeps it for later calls.
/// nullopt if the error names no new limit.
std::optional<milliseconds> PyroscopeSource::Learn(const Error& error) const {
  const auto limit = LimitNamedIn(error);
  if (!limit || limit->count() == longest_window_) return std::nullopt;
  longest_window_ = limit->count();
  return limit;
}

std::vector<Notice> PyroscopeSource::NoticesOn(const TimeRange& range) const {
  if (range.from >= FloorToMs(clock_.Now()) - kUsualLookback) return {};
  return {
      {"A server may drop data older than its max_query_lookback (7 days by "
       "default) without reporting it."}};
}

/// Calls `ask` with the whole window, or with consecutive parts of it if the
/// server refuses its length.
template <typename Ask>
Result<void> PyroscopeSource::InPieces(const TimeRange& range, Ask ask) const {
  milliseconds limit(longest_window_.load());
  if (limit.count() == 0 || range.length() <= limit) {
    const Result<void> whole = ask(range);
    if (whole.ok()) return {};
    const auto learnt = Learn(whole.error());
    if (!learnt) return whole;
    limit = *learnt;
  }
  PMCP_TRY(pieces, SplitRange(range, limit));
  for (const TimeRange& piece : pieces) PMCP_TRY_VOID(ask(piece));
  return {};
}

/// The union of the answers to all parts of the window, sorted.
template <typename T, typename Ask>
Result<Answer<std::vector<T>>> PyroscopeSource::Union(const LabelQuery& query,
                                                      Ask ask) const {
  std::vector<T> all;
  PMCP_TRY_VOID(InPieces(query.range, [&](const TimeRange& piece) {
    const auto add = [&]() -> Result<void> {
      PMCP_TRY(some, ask(LabelQuery{query.selector, piece}));
      std::ranges::move(some, std::back_inserter(all));
      return {};
    };
    return add();
  }));
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return Answer<std::vector<T>>{std::move(all), {}};
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
  if (!stats->data_ingested || !IsTime(stats->oldest_ms) ||
      !IsTime(stats->newest_ms) || stats->oldest_ms > stats->newest_ms) {
    return unknown;
  }
  const auto time = [](std::int64_t ms) {
    return TimePointMs(milliseconds(ms));
  };
  return Answer<source::Coverage>{
      {.profiles = 1,
       .range = {time(stats->oldest_ms), time(stats->newest_ms)}},
      {}};
}

Result<Answer<TimeRange>> PyroscopeSource::DefaultWindow(
    const CallContext&) const {
  const TimePointMs now = FloorToMs(clock_.Now());
  return Answer<TimeRange>{{now - std::chrono::hours(1), now}, {}};
}

Result<Answer<std::vector<profile::ProfileType>>> PyroscopeSource::ProfileTypes(
    const LabelQuery& query, const CallContext& call) const {
  auto types = Union<profile::ProfileType>(query, [&](const LabelQuery& q) {
    return querier_.ProfileTypes(q, call);
  });
  if (types.ok()) std::ranges::sort(types->data, {}, &profile::ProfileType::Id);
  return types;
}

Result<Answer<std::vector<std::string>>> PyroscopeSource::LabelNames(
    const LabelQuery& query, const CallContext& call) const {
  return Union<std::string>(
      query, [&](const LabelQuery& q) { return querier_.LabelNames(q, call); });
}

Result<Answer<std::vector<std::string>>> PyroscopeSource::LabelValues(
    std::string_view name, const LabelQuery& query,
    const CallContext& call) const {
  return Union<std::string>(query, [&](const LabelQuery& q) {
    return querier_.LabelValues(name, q, call);
  });
}

Result<Answer<std::vector<profile::Labels>>> PyroscopeSource::Series(
    const LabelQuery& query, const std::vector<std::string>& names,
    const CallContext& call) const {
  return Union<profile::Labels>(query, [&](const LabelQuery& q) {
    return querier_.Series(q, names, call);
  });
}

Result<Answer<profile::Stacks>> PyroscopeSource::MergeStacktraces(
    const source::StacktraceQuery& query, const CallContext& call) const {
  profile::Stacks stacks;
  std::int64_t hidden = 0;
  const auto ask = [&](const TimeRange& piece) -> Result<void> {
    source::StacktraceQuery part = query;
    part.profiles.range = piece;
    PMCP_TRY(found, stacks_.Find(part, call));
    hidden += found.hidden;
    stacks.AddTree(std::move(found.tree));
    return {};
  };
  PMCP_TRY_VOID(InPieces(query.profiles.range, ask));
  std::vector<Notice> notices = NoticesOn(query.profiles.range);
  if (hidden > 0) notices.push_back(HiddenNotice(hidden, stacks.total()));
  return Answer<profile::Stacks>{std::move(stacks), std::move(notices), hidden};
}

Result<std::vector<profile::Series>> PyroscopeSource::SeriesOf(
    const source::SeriesQuery& query, const std::vector<SeriesPiece>& pieces,
    const CallContext& call) const {
  SeriesJoin join;
  for (const SeriesPiece& piece : pieces) {
    PMCP_TRY(answer, querier_.SelectSeries(piece.query, call));
    join.Add(piece, std::move(answer));
  }
  return std::move(join).Finish(query);
}

Result<std::vector<profile::Series>> PyroscopeSource::SeriesInPieces(
    const source::SeriesQuery& query, milliseconds limit,
    const CallContext& call) const {
  PMCP_TRY(pieces, SplitSeries(query, limit));
  return SeriesOf(query, pieces, call);
}

Result<std::vector<profile::Series>> PyroscopeSource::SeriesAtOnce(
    const source::SeriesQuery& query, const CallContext& call) const {
  // Only the new read path has exemplars; a server with both paths refuses.
  if (query.exemplars) return querier_.SelectSeries(query, call);
  // A server whose read paths cannot be probed is treated as having one.
  const auto seam = querier_.NewPathWithin(query.profiles.range, call);
  if (!seam.ok() || !*seam) return querier_.SelectSeries(query, call);
  return SeriesOf(query, SplitAtSeam(query, **seam), call);
}

Result<Answer<std::vector<profile::Series>>> PyroscopeSource::SelectSeries(
    const source::SeriesQuery& query, const CallContext& call) const {
  const TimeRange& range = query.profiles.range;
  const milliseconds known(longest_window_.load());
  auto series = known.count() == 0 || range.length() <= known
                    ? SeriesAtOnce(query, call)
                    : SeriesInPieces(query, known, call);
  if (!series.ok()) {
    const auto learnt = Learn(series.error());
    if (!learnt) return series.error();
    series = SeriesInPieces(query, *learnt, call);
  }
  if (!series.ok()) return series.error();
  return Answer<std::vector<profile::Series>>{*std::move(series),
                                              NoticesOn(range)};
}

Result<Answer<std::vector<profile::HeatmapSeries>>>
PyroscopeSource::SelectHeatmap(const source::HeatmapQuery& query,
                               const CallContext& call) const {
  PMCP_TRY(heatmap, querier_.SelectHeatmap(query, call));
  // The server sorts the series only if it had to apply the limit.
  if (query.limit == 0 || heatmap.size() < query.limit) {
    std::ranges::sort(heatmap, {}, &profile::HeatmapSeries::labels);
  }
  return Answer<std::vector<profile::HeatmapSeries>>{
      std::move(heatmap), NoticesOn(query.profiles.range)};
}

Result<Answer<profile::Profile>> PyroscopeSource::MergeProfile(
    const source::PprofQuery& query, const CallContext& call) const {
  const TimeRange& range = query.profiles.range;
  std::vector<profile::Profile> parts;
  const auto ask = [&](const TimeRange& piece) -> Result<void> {
    source::PprofQuery part = query;
    part.profiles.range = piece;
    // A node that is small in one part may be large in the sum.
    if (piece != range) part.max_nodes = 0;
    PMCP_TRY(profile, querier_.MergeProfile(part, call));
    parts.push_back(std::move(profile));
    return {};
  };
  PMCP_TRY_VOID(InPieces(range, ask));
  if (parts.size() == 1 && parts[0].samples.size() > 0) {
    return Answer<profile::Profile>{std::move(parts[0]), NoticesOn(range)};
  }
  profile::PprofMerge merge(query.profiles.type, range.to, query.pgo,
                            query.max_nodes);
  for (const profile::Profile& part : parts) {
    if (part.samples.size() > 0) merge.Add(part, AllSamples(part));
  }
  return Answer<profile::Profile>{std::move(merge).Finish(), NoticesOn(range)};
}

Result<Answer<source::ExportedProfile>> PyroscopeSource::ExportProfile(
    const source::ExportQuery& query, const CallContext& call) const {
  return source::ExportByType(*this, query, call);
}

}  // namespace pmcp::pyroscope
