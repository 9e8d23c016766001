#include "tests/oracle/ask.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "profile/stacks/profile_diff.h"
#include "profile/stacks/truncate.h"
#include "profile/words/selector.h"
#include "tests/oracle/answer_text.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;
using profile::Labels;
using source::ProfileSource;

/// The size of a flame graph for a request without a size.
constexpr std::int64_t kDefaultMaxNodes = 8192;

Result<TimeRange> RangeOf(const json& request) {
  return source::MakeTimeRange(Int64(request, "start"), Int64(request, "end"));
}

Result<source::LabelQuery> LabelQueryOf(const json& request) {
  PMCP_TRY(range, RangeOf(request));
  return source::MakeLabelQuery(Strings(request, "matchers"), range);
}

Result<source::ProfileQuery> ProfileQueryOf(const json& request) {
  PMCP_TRY(range, RangeOf(request));
  return source::MakeProfileQuery(request.value("profileTypeID", ""),
                                  request.value("labelSelector", ""), range);
}

/// A server omits such names unless the client declares that it understands
/// them.
bool IsOldLabelName(std::string_view name) {
  const auto is_name_byte = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
  };
  return std::ranges::all_of(name, is_name_byte);
}

/// Only this RPC uses the last hour if the request has no window.
Result<TimeRange> TypesRangeOf(const json& request, const Clock& clock) {
  if (Int64(request, "start") != 0 || Int64(request, "end") != 0) {
    return RangeOf(request);
  }
  const TimePointMs now = FloorToMs(clock.Now());
  return TimeRange{now - std::chrono::hours(1), now};
}

Result<std::string> AskProfileTypes(const Question& question,
                                    const ProfileSource& source,
                                    const Clock& clock) {
  PMCP_TRY(range, TypesRangeOf(question.request, clock));
  PMCP_TRY(query, source::MakeLabelQuery({}, range));
  PMCP_TRY(answer, source.ProfileTypes(query, {}));
  std::vector<std::string> ids;
  for (const auto& type : answer.data) ids.push_back(type.Id());
  return ListText(ids);
}

Result<std::string> AskLabelNames(const Question& question,
                                  const ProfileSource& source) {
  PMCP_TRY(query, LabelQueryOf(question.request));
  PMCP_TRY(answer, source.LabelNames(query, {}));
  if (!question.wants_utf8_labels) {
    std::erase_if(answer.data,
                  [](const auto& name) { return !IsOldLabelName(name); });
  }
  return ListText(answer.data);
}

Result<std::string> AskLabelValues(const Question& question,
                                   const ProfileSource& source) {
  const std::string name = question.request.value("name", "");
  PMCP_TRY_VOID(source::CheckLabelName(name));
  PMCP_TRY(query, LabelQueryOf(question.request));
  PMCP_TRY(answer, source.LabelValues(name, query, {}));
  return ListText(answer.data);
}

Result<std::string> AskSeries(const Question& question,
                              const ProfileSource& source) {
  PMCP_TRY(query, LabelQueryOf(question.request));
  PMCP_TRY(answer,
           source.Series(query, Strings(question.request, "labelNames"), {}));
  std::set<std::string> sets;
  for (const Labels& labels : answer.data) {
    std::vector<profile::Label> kept(labels.all().begin(), labels.all().end());
    if (!question.wants_utf8_labels) {
      std::erase_if(kept,
                    [](const auto& l) { return !IsOldLabelName(l.name); });
    }
    sets.insert(profile::ToString(kept));
  }
  return ListText({sets.begin(), sets.end()});
}

Result<source::SampleSelection> SamplesOf(const json& request) {
  source::SampleSelectionTexts texts{
      .span_ids = Strings(request, "spanSelector"),
      .trace_ids = Strings(request, "traceIdSelector"),
      .profile_ids = Strings(request, "profileIdSelector"),
      .call_site = {}};
  const json call_site = request.value("stackTraceSelector", json::object())
                             .value("callSite", json::array());
  for (const json& frame : call_site) texts.call_site.push_back(frame["name"]);
  return source::MakeSampleSelection(texts);
}

/// The fields that all questions about stacks have.
struct AskedStacks {
  source::ProfileQuery profiles;
  source::SampleSelection samples;
  std::int64_t max_nodes = 0;
};

/// Checks in the order of the server.
Result<AskedStacks> AskedStacksOf(const json& request) {
  PMCP_TRY(samples, SamplesOf(request));
  PMCP_TRY_VOID(RangeOf(request));
  const std::int64_t max_nodes = Int64(request, "maxNodes");
  PMCP_TRY_VOID(source::CheckMaxNodes(max_nodes));
  PMCP_TRY(profiles, ProfileQueryOf(request));
  return AskedStacks{std::move(profiles), std::move(samples), max_nodes};
}

std::optional<profile::PgoOptions> PgoOf(const json& request) {
  const json selector = request.value("stackTraceSelector", json::object());
  if (!selector.contains("goPgo")) return std::nullopt;
  const json& pgo = selector["goPgo"];
  return profile::PgoOptions{
      .keep_locations = pgo.value("keepLocations", 0u),
      .aggregate_callees = pgo.value("aggregateCallees", false)};
}

Result<std::string> AskProfile(const Question& question,
                               const ProfileSource& source) {
  PMCP_TRY(asked, AskedStacksOf(question.request));
  PMCP_TRY(answer, source.MergeProfile({.profiles = asked.profiles,
                                        .samples = asked.samples,
                                        .max_nodes = asked.max_nodes,
                                        .pgo = PgoOf(question.request)},
                                       {}));
  return ProfileText(answer.data);
}

/// Truncates as a store that answers, and as the server that sends it.
Result<profile::StackTree> TreeOf(const json& request,
                                  const ProfileSource& source) {
  PMCP_TRY(asked, AskedStacksOf(request));
  PMCP_TRY(answer,
           source.MergeStacktraces({asked.profiles, asked.samples}, {}));
  const std::int64_t max_nodes =
      asked.max_nodes == 0 ? kDefaultMaxNodes : asked.max_nodes;
  const auto stored = profile::TruncateStored(answer.data.ToTree(), max_nodes);
  return profile::TruncateSent(stored, max_nodes);
}

Result<std::string> AskStacks(const Question& question,
                              const ProfileSource& source) {
  const json& request = question.request;
  PMCP_TRY(tree, TreeOf(request, source));
  if (request.value("format", "") == "PROFILE_FORMAT_TREE") {
    return TreeText(tree);
  }
  const std::int64_t max_nodes = Int64(request, "maxNodes");
  return TreeText(profile::TruncateDrawn(
      tree, max_nodes == 0 ? kDefaultMaxNodes : max_nodes));
}

Result<std::string> AskDiff(const Question& question,
                            const ProfileSource& source) {
  const json& left = question.request.at("left");
  PMCP_TRY(left_tree, TreeOf(left, source));
  PMCP_TRY(right_tree, TreeOf(question.request.at("right"), source));
  PMCP_TRY(diff,
           profile::DiffTrees(left_tree, right_tree, Int64(left, "maxNodes")));
  return DiffText(DiffLines(diff));
}

source::ExemplarKind ExemplarsOf(const json& request) {
  const std::string type = request.value("exemplarType", "");
  if (type == "EXEMPLAR_TYPE_SPAN") return source::ExemplarKind::kSpan;
  return type == "EXEMPLAR_TYPE_INDIVIDUAL" ? source::ExemplarKind::kIndividual
                                            : source::ExemplarKind::kNone;
}

Result<std::string> AskSelectSeries(const Question& question,
                                    const ProfileSource& source) {
  const json& request = question.request;
  PMCP_TRY(profiles, ProfileQueryOf(request));
  PMCP_TRY(query, source::MakeSeriesQuery(
                      std::move(profiles), Strings(request, "groupBy"),
                      request.value("step", 0.0), ExemplarsOf(request),
                      Int64(request, "limit")));
  PMCP_TRY(answer, source.SelectSeries(query, {}));
  return SeriesText(answer.data);
}

Result<std::string> AskHeatmap(const Question& question,
                               const ProfileSource& source) {
  const json& request = question.request;
  PMCP_TRY(profiles, ProfileQueryOf(request));
  source::HeatmapOptions options{.group_by = Strings(request, "groupBy"),
                                 .step_seconds = request.value("step", 0.0),
                                 .kind = std::nullopt,
                                 .exemplars = ExemplarsOf(request),
                                 .limit = Int64(request, "limit")};
  const std::string kind = request.value("queryType", "");
  if (kind == "HEATMAP_QUERY_TYPE_SPAN") {
    options.kind = source::HeatmapKind::kSpan;
  } else if (kind == "HEATMAP_QUERY_TYPE_INDIVIDUAL") {
    options.kind = source::HeatmapKind::kIndividual;
  }
  PMCP_TRY(query, source::MakeHeatmapQuery(std::move(profiles), options));
  PMCP_TRY(answer, source.SelectHeatmap(query, {}));
  return HeatmapText(answer.data);
}

using Asker = Result<std::string> (*)(const Question&, const ProfileSource&);

constexpr struct {
  std::string_view method;
  Asker ask;
} kAskers[] = {
    {"LabelNames", AskLabelNames},
    {"LabelValues", AskLabelValues},
    {"Series", AskSeries},
    {"SelectSeries", AskSelectSeries},
    {"SelectHeatmap", AskHeatmap},
    {"Diff", AskDiff},
    {"SelectMergeStacktraces", AskStacks},
    // An older name of the previous one, with a span selector.
    {"SelectMergeSpanProfile", AskStacks},
};

}  // namespace

Result<std::string> Ask(const Question& question, const ProfileSource& source,
                        const Clock& clock) {
  if (question.method == "ProfileTypes") {
    return AskProfileTypes(question, source, clock);
  }
  if (WantsProfile(question)) return AskProfile(question, source);
  for (const auto& row : kAskers) {
    if (row.method == question.method) return row.ask(question, source);
  }
  return Error{ErrorKind::kUnsupported, "nobody asks " + question.method, ""};
}

}  // namespace pmcp::oracle
