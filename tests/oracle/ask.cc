#include "tests/oracle/ask.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/check.h"
#include "profile/selector.h"
#include "tests/oracle/answer_text.h"
#include "tests/oracle/recorded_tree.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;
using profile::Labels;
using source::ProfileSource;

/// What a server gives a flame graph that says nothing about its size.
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

/// A server leaves such names out for a client that has not declared that it
/// understands them.
bool IsOldLabelName(std::string_view name) {
  const auto is_name_byte = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
  };
  return std::ranges::all_of(name, is_name_byte);
}

/// This RPC alone takes a missing window for the last hour.
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

Result<std::string> AskStacks(const Question& question,
                              const ProfileSource& source) {
  const json& request = question.request;
  PMCP_TRY(samples, SamplesOf(request));
  PMCP_TRY(range, RangeOf(request));
  static_cast<void>(range);
  const std::int64_t max_nodes = Int64(request, "maxNodes");
  PMCP_TRY_VOID(source::CheckMaxNodes(max_nodes));
  PMCP_TRY(profiles, ProfileQueryOf(request));
  PMCP_TRY(answer, source.MergeStacktraces({profiles, samples}, {}));
  const profile::StackTree tree = answer.data.ToTree();
  // A tree that is cut down is another question, listed in not_yet.txt.
  PMCP_CHECK(static_cast<std::int64_t>(tree.size()) - 1 <=
             (max_nodes == 0 ? kDefaultMaxNodes : max_nodes));
  const bool raw = request.value("format", "") == "PROFILE_FORMAT_TREE";
  return raw ? TreeText(tree) : TreeText(AsFlamegraph(tree));
}

Result<std::string> AskSelectSeries(const Question& question,
                                    const ProfileSource& source) {
  const json& request = question.request;
  PMCP_TRY(profiles, ProfileQueryOf(request));
  PMCP_TRY(query, source::MakeSeriesQuery(std::move(profiles),
                                          Strings(request, "groupBy"),
                                          request.value("step", 0.0)));
  PMCP_TRY(answer, source.SelectSeries(query, {}));
  // The server's limit counts the bucket before the window, as its order does.
  const auto limit = static_cast<std::size_t>(Int64(request, "limit"));
  if (limit > 0 && answer.data.size() > limit) answer.data.resize(limit);
  return SeriesText(answer.data);
}

}  // namespace

Result<std::string> Ask(const Question& question, const ProfileSource& source,
                        const Clock& clock) {
  const std::string& method = question.method;
  if (method == "ProfileTypes") {
    return AskProfileTypes(question, source, clock);
  }
  if (method == "LabelNames") return AskLabelNames(question, source);
  if (method == "LabelValues") return AskLabelValues(question, source);
  if (method == "Series") return AskSeries(question, source);
  if (method == "SelectSeries") return AskSelectSeries(question, source);
  // The second is an older name of the first with a span selector.
  if (method == "SelectMergeStacktraces" ||
      method == "SelectMergeSpanProfile") {
    return AskStacks(question, source);
  }
  return Error{ErrorKind::kUnsupported, "nobody asks " + method + " yet", ""};
}

}  // namespace pmcp::oracle
