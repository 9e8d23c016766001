#include "tests/live/compare.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/clock.h"
#include "profile/words/labels.h"
#include "server/core/server.h"
#include "tests/live/shared_source.h"
#include "tests/support/temp_folder.h"
#include "tools/tools.h"

namespace pmcp::live {
namespace {

using nlohmann::json;

constexpr std::size_t kMostShown = 5;
/// Queries begin this long before the first profile, off any grid: a server in
/// its default mode reads that part with the v1 path and the rest with v2.
constexpr std::chrono::milliseconds kBefore(433'217);

/// The tools with one source that the caller owns.
class Program {
 public:
  explicit Program(const source::ProfileSource& source)
      : location_(source.Info().location),
        sources_(Only(source)),
        server_({.name = "live", .version = "1"},
                tools::AllTools({sources_, clock_, exports_.path().string()})) {
  }

  server::ToolResult Call(const std::string& tool,
                          const json& arguments) const {
    auto result = server_.Call(tool, arguments, CallContext());
    Replace(exports_.path().string(), "EXPORTS", result.text);
    Replace(location_, "HERE", result.text);
    return result;
  }

 private:
  static source::Sources Only(const source::ProfileSource& source) {
    std::vector<source::NamedSource> all;
    all.push_back({"profiles", std::make_unique<SharedSource>(source)});
    return source::Sources(std::move(all));
  }
  static void Replace(const std::string& from, const std::string& to,
                      std::string& text) {
    for (auto at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }

  const std::string location_;
  const SystemClock clock_;
  const test::TempFolder exports_;
  const source::Sources sources_;
  const server::Server server_;
};

struct Call {
  std::string tool;
  json arguments;
  TimeRange window;
  /// Only whether there is an answer counts: it tells of other data too.
  bool is_empty = false;
};

/// Removes what differs between servers: ids, links, and the order of rows that
/// differ in ids only.
std::string Comparable(const std::string& text) {
  static const std::regex kIds(
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  static const std::regex kLinks(
      R"(\n(?:(?:Profiles Drilldown|Explore): HERE/[^\n ]*\n)+$)");
  // What a server says about data that it may have dropped or stored before.
  static const std::regex kOfServers(
      R"(Note: [^\n]*(?:max_query_lookback|old storage)[^\n]*)");
  std::istringstream lines(
      std::regex_replace(std::regex_replace(text, kLinks, ""), kIds, "ID"));
  std::vector<std::string> sorted;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && !std::regex_match(line, kOfServers)) {
      sorted.push_back(line);
    }
  }
  std::ranges::sort(sorted);
  std::string joined;
  for (const std::string& line : sorted) joined += line + "\n";
  return joined;
}

/// Whether an exemplar, as JSON, is the profile of `found`. Ids are ignored,
/// since each server assigns its own.
bool IsOfProfile(const json& exemplar, const profile::Exemplar& found) {
  json labels = json::object();
  for (const auto& [name, value] : found.labels) {
    if (!profile::IsPrivateLabel(name)) labels[name] = value;
  }
  return exemplar.at("timestamp") == FormatTime(found.timestamp) &&
         exemplar.at("value") == found.value && exemplar.at("labels") == labels;
}

/// Whether the folder has the profile of an exemplar.
bool HasProfile(const source::ProfileSource& folder, const json& query,
                const json& exemplar) {
  const auto time = ParseTime(
      "timestamp", exemplar.at("timestamp").get<std::string>(), SystemClock());
  PMCP_CHECK(time.ok());
  const auto profiles =
      source::MakeProfileQuery(query.at("profileType").get<std::string>(),
                               query.at("selector").get<std::string>(),
                               {*time - std::chrono::milliseconds(1), *time});
  PMCP_CHECK(profiles.ok());
  const auto asked = source::MakeSeriesQuery(*profiles, {}, 0.001,
                                             source::ExemplarKind::kIndividual);
  PMCP_CHECK(asked.ok());
  const auto series = folder.SelectSeries(*asked, CallContext());
  PMCP_CHECK(series.ok());
  for (const profile::Series& one : series->data) {
    for (const profile::Point& point : one.points) {
      const bool has = std::ranges::any_of(
          point.exemplars,
          [&](const auto& found) { return IsOfProfile(exemplar, found); });
      if (has) return true;
    }
  }
  return false;
}

/// A server may choose any of several equal profiles of a step, depending on
/// its random ids. Such an answer is correct if its values equal those of the
/// folder and the folder has each of its profiles.
bool DiffersInEqualsOnly(const source::ProfileSource& folder,
                         const server::ToolResult& expected,
                         const server::ToolResult& answer) {
  if (expected.error || answer.error) return false;
  const auto values = [](const json& exemplars) {
    std::multiset<std::int64_t> all;
    for (const json& exemplar : exemplars) {
      all.insert(exemplar.at("value").get<std::int64_t>());
    }
    return all;
  };
  const json ours = json::parse(expected.text);
  const json theirs = json::parse(answer.text);
  const json& exemplars = theirs.at("exemplars");
  return values(exemplars) == values(ours.at("exemplars")) &&
         std::ranges::all_of(exemplars, [&](const json& exemplar) {
           return HasProfile(folder, ours.at("query"), exemplar);
         });
}

std::vector<Call> CallsFor(const std::string& service,
                           const std::string& profile_type,
                           const TimeRange& window) {
  const json about = {{"service", service}, {"profile_type", profile_type}};
  std::vector<Call> calls;
  const auto add = [&](const char* tool, json more) {
    more.update(about);
    calls.push_back({tool, std::move(more), window});
  };
  add("query_flamegraph", {{"limit", 500}});
  add("query_flamegraph", {{"limit", 500}, {"sort", "total"}});
  add("top_series", {{"group_by", {"pod", "zone"}}, {"limit", 100}});
  add("query_series", {{"step", "1m"}, {"group_by", {"pod"}}});
  add("profile_exemplars", {{"limit", 50}});
  add("export_pprof", json::object());
  add("export_pprof", {{"file_format", "collapsed"}});
  // The step and the spans of long windows are too many, and too long.
  if (window.length() <= std::chrono::hours(1)) {
    add("query_series", {{"step", "15s"}, {"points", true}, {"value", "sum"}});
    add("span_exemplars", {{"limit", 50}});
  }
  return calls;
}

/// The calls that are about no service.
std::vector<Call> CallsForAll(const TimeRange& window) {
  return {{"list_profile_types", json::object(), window},
          {"list_labels", {{"include_private", true}}, window},
          {"list_labels", {{"label", "pod"}}, window},
          {"top_series", {{"limit", 100}}, window}};
}

/// Windows that a server asks in pieces, and windows that begin with its oldest
/// profile, and with that of this run.
std::vector<TimeRange> OtherWindows(const source::ProfileSource& folder,
                                    const source::ProfileSource& server,
                                    const TimeRange& window) {
  using std::chrono::hours;
  std::vector<TimeRange> windows;
  for (const hours length : {hours(25), hours(36), hours(7 * 24)}) {
    windows.push_back({window.to - length, window.to});
  }
  for (const source::ProfileSource* source : {&folder, &server}) {
    const auto covered = source->Covered(CallContext());
    if (!covered.ok() || !covered->data.is_known ||
        !covered->data.is_begin_known) {
      continue;
    }
    const TimePointMs oldest = covered->data.range.from;
    if (oldest <= window.to && oldest >= window.to - hours(7 * 24)) {
      windows.push_back({oldest, window.to});
    }
  }
  return windows;
}

constexpr const char* kTools[] = {"list_profile_types", "list_labels",
                                  "query_flamegraph",   "top_series",
                                  "query_series",       "profile_exemplars",
                                  "span_exemplars",     "export_pprof"};

std::vector<Call> CallsOf(const source::ProfileSource& folder,
                          const source::ProfileSource& server,
                          const TimeRange& profiles) {
  const TimeRange window{profiles.from - kBefore, profiles.to};
  const auto series = folder.Series({.selector = {}, .range = window},
                                    {std::string(profile::kLabelServiceName),
                                     std::string(profile::kLabelProfileType)},
                                    {});
  PMCP_CHECK(series.ok() && !series->data.empty());
  std::vector<Call> calls = CallsForAll(window);
  const auto add = [&calls](std::vector<Call> more) {
    std::ranges::move(more, std::back_inserter(calls));
  };
  std::set<std::string> services;
  for (const profile::Labels& labels : series->data) {
    const std::string service(labels.Get(profile::kLabelServiceName));
    const std::string type(labels.Get(profile::kLabelProfileType));
    add(CallsFor(service, type, window));
    if (services.insert(service).second) {
      calls.push_back({"list_labels", {{"service", service}}, window});
    }
  }
  const profile::Labels& first = series->data.front();
  for (const TimeRange& other : OtherWindows(folder, server, profiles)) {
    add(CallsForAll(other));
    add(CallsFor(std::string(first.Get(profile::kLabelServiceName)),
                 std::string(first.Get(profile::kLabelProfileType)), other));
  }
  for (const char* tool : kTools) {
    calls.push_back({tool, {{"service", "no such service"}}, window, true});
  }
  return calls;
}

}  // namespace

bool Comparison::AllSame() const {
  return std::ranges::all_of(tools, [](const auto& entry) {
    return entry.second.same + entry.second.refused == entry.second.all;
  });
}

bool Comparison::Passes() const {
  return AllSame() && std::ranges::none_of(tools, [](const auto& entry) {
           return entry.second.refused == entry.second.all;
         });
}

std::string Comparison::ToText() const {
  std::string text;
  for (const auto& [tool, counts] : tools) {
    text += fmt::format(
        "live: {}: {} of {} answers are the same{}\n", tool, counts.same,
        counts.all,
        counts.refused == 0
            ? ""
            : fmt::format(", {} are refused by this server", counts.refused));
  }
  return text;
}

Comparison Compare(const source::ProfileSource& folder,
                   const source::ProfileSource& server,
                   const std::string& selector, const TimeRange& window) {
  const Program ours(folder);
  const Program theirs(server);
  Comparison comparison;
  std::size_t shown = 0;
  for (Call& call : CallsOf(folder, server, window)) {
    call.arguments["selector"] = selector;
    call.arguments["from"] = FormatTime(call.window.from);
    call.arguments["to"] = FormatTime(call.window.to);
    const auto expected = ours.Call(call.tool, call.arguments);
    const auto answer = theirs.Call(call.tool, call.arguments);
    const auto differs_in_equals_only = [&] {
      if (call.tool != "profile_exemplars") return false;
      call.arguments["format"] = "json";
      return DiffersInEqualsOnly(folder, ours.Call(call.tool, call.arguments),
                                 theirs.Call(call.tool, call.arguments));
    };
    ToolCounts& counts = comparison.tools[call.tool];
    ++counts.all;
    if ((call.is_empty && !answer.error) ||
        Comparable(expected.text) == Comparable(answer.text) ||
        differs_in_equals_only()) {
      ++counts.same;
    } else if (answer.error == ErrorKind::kUnsupported) {
      ++counts.refused;
    } else if (shown++ < kMostShown) {
      comparison.differences += fmt::format(
          "{} {}\nfrom the folder:\n{}\nfrom the server:\n{}\n", call.tool,
          call.arguments.dump(), expected.text, answer.text);
    }
  }
  return comparison;
}

}  // namespace pmcp::live
