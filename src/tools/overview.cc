// overview: lists the sources, whether each responds, and their services and
// profile types.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/ask_at_once.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "generated/schemas.h"
#include "tools/answer/describe.h"
#include "tools/answer/make_tool.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using source::NamedSource;

struct Args {
  std::string source;
  int limit = 50;
  std::string format = "table";
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, source, limit, format)

struct Service {
  std::string name;
  std::vector<std::string> profile_types;  // IDs, sorted
};

/// One source; without data if it does not respond.
struct SourceState {
  std::string name;
  source::SourceInfo info;
  std::optional<Error> error;
  source::Coverage covered;
  TimeRange window;             // of `services`
  bool is_usual_window = true;  // the default of the other tools
  std::vector<Service> services;
  std::vector<source::Link> links;
  std::vector<source::Notice> notices;
};

struct Output {
  std::vector<SourceState> sources;
  std::size_t limit = 0;
  std::vector<source::Notice> notices;
};

json SourceJson(const SourceState& state) {
  json j = {{"name", state.name},
            {"kind", state.info.kind},
            {"location", state.info.location},
            {"answers", !state.error.has_value()}};
  if (state.error) {
    j["error"] = state.error->message;
    return j;
  }
  if (!state.info.version.empty()) j["version"] = state.info.version;
  if (!state.info.tenant.empty()) j["tenant"] = state.info.tenant;
  if (!state.info.cannot.empty()) j["cannot"] = state.info.cannot;
  if (state.covered.is_known) j["hasProfiles"] = state.covered.profiles > 0;
  if (state.covered.profiles > 0) {
    if (state.covered.is_begin_known) {
      j["from"] = FormatTime(state.covered.range.from);
    }
    j["to"] = FormatTime(state.covered.range.to);
  }
  j["window"] = {{"from", FormatTime(state.window.from)},
                 {"to", FormatTime(state.window.to)}};
  if (!state.links.empty()) j["links"] = state.links;
  j["services"] = json::array();
  for (const Service& service : state.services) {
    j["services"].push_back(
        {{"name", service.name}, {"profileTypes", service.profile_types}});
  }
  return j;
}

void to_json(json& j, const Output& out) {
  json sources = json::array();
  for (const auto& state : out.sources) sources.push_back(SourceJson(state));
  j = {{"sources", std::move(sources)}, {"notices", out.notices}};
}

std::vector<Service> ServicesOf(const std::vector<profile::Labels>& series) {
  std::map<std::string, std::vector<std::string>> types;
  for (const auto& labels : series) {
    types[std::string(labels.Get(profile::kLabelServiceName))].emplace_back(
        labels.Get(profile::kLabelProfileType));
  }
  std::vector<Service> services;
  for (auto& [name, ids] : types) services.push_back({name, std::move(ids)});
  return services;
}

/// The window in which services are looked for: that of the other tools, or the
/// last hour of data if that is older.
TimeRange WindowOf(const source::Coverage& covered, const TimeRange& usual) {
  const bool is_older =
      covered.is_known && covered.profiles > 0 && covered.range.to < usual.from;
  if (!is_older) return usual;
  const TimePointMs hour_ago = covered.range.to - std::chrono::hours(1);
  return {covered.is_begin_known ? std::max(hour_ago, covered.range.from)
                                 : hour_ago,
          covered.range.to};
}

/// Queries everything that the tool shows of one source.
Result<void> Ask(const source::ProfileSource& source, const CallContext& call,
                 SourceState& state) {
  PMCP_TRY(covered, source.Covered(call));
  PMCP_TRY(usual, source.DefaultWindow(call));
  TimeRange window = WindowOf(covered.data, usual.data);
  const std::vector<std::string> names = {
      std::string(profile::kLabelServiceName),
      std::string(profile::kLabelProfileType)};
  PMCP_TRY(series,
           source.Series({.selector = {}, .range = window}, names, call));
  if (series.data.empty() && !covered.data.is_known) {
    // Older data are not known of: a day shows most of them.
    window.from = std::min(window.from, window.to - std::chrono::hours(24));
    PMCP_TRY(of_the_day,
             source.Series({.selector = {}, .range = window}, names, call));
    series = std::move(of_the_day);
  }
  state.covered = covered.data;
  state.window = window;
  state.is_usual_window = window == usual.data;
  state.services = ServicesOf(series.data);
  state.links = source.Links({{}, {}, window});
  state.notices = std::move(series.notices);
  return {};
}

/// With several sources, one that does not answer must not use up the time of
/// the call.
constexpr std::chrono::seconds kPatience(10);
constexpr std::size_t kSourcesAtOnce = 16;

/// Queries one of `count` sources.
Result<void> AskInTime(const source::ProfileSource& source, std::size_t count,
                       const CallContext& call, SourceState& state) {
  if (count == 1) return Ask(source, call, state);
  const auto limit = CallContext::Steady::now() + kPatience;
  const CallContext limited(call.stop(), std::min(call.deadline(), limit));
  Result<void> asked = Ask(source, limited, state);
  if (asked.ok() || asked.error().kind != ErrorKind::kTimeout) return asked;
  return Error{ErrorKind::kTimeout,
               fmt::format("no answer within {} s", kPatience.count()),
               asked.error().hint};
}

/// All sources, or the named one.
Result<std::vector<const NamedSource*>> Wanted(const Args& args,
                                               const Deps& deps) {
  std::vector<const NamedSource*> wanted;
  if (args.source.empty() && deps.sources.all().size() > 1) {
    for (const auto& one : deps.sources.all()) wanted.push_back(&one);
    return wanted;
  }
  PMCP_TRY(only, deps.sources.Find(args.source));
  wanted.push_back(only);
  return wanted;
}

/// The failure of one of several sources is part of the answer; the failure of
/// the only source is the error of the call.
Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  PMCP_TRY(wanted, Wanted(args, deps));
  Output out{.sources = {},
             .limit = static_cast<std::size_t>(args.limit),
             .notices = {}};
  out.sources.resize(wanted.size());
  PMCP_TRY_VOID(
      AskAtOnce(wanted.size(), kSourcesAtOnce, context.call(),
                [&](std::size_t i, const CallContext& call) -> Result<void> {
                  const source::ProfileSource& source = *wanted[i]->source;
                  SourceState& state = out.sources[i];
                  state.name = wanted[i]->name;
                  const Result<void> asked =
                      AskInTime(source, wanted.size(), call, state);
                  state.info = source.Info();  // the version is known now
                  if (!asked.ok()) state.error = asked.error();
                  return {};
                }));
  PMCP_TRY_VOID(context.call().Check());
  if (out.sources.size() == 1 && out.sources[0].error) {
    return *out.sources[0].error;
  }
  for (const SourceState& state : out.sources) {
    out.notices.insert(out.notices.end(), state.notices.begin(),
                       state.notices.end());
  }
  return out;
}

/// Appends ", name value", unless `value` is empty.
void AppendPart(std::string_view name, std::string_view value,
                std::string& text) {
  if (!value.empty()) text += fmt::format(", {} {}", name, value);
}

/// "covers 2026-07-28T10:00:00Z to 2026-07-28T11:00:00Z (1 h)".
std::string DescribeCovered(const source::Coverage& covered) {
  if (!covered.is_known) return "does not report the time it covers";
  if (covered.profiles == 0) return "holds no profiles";
  const TimeRange& range = covered.range;
  if (!covered.is_begin_known) {
    return fmt::format("newest profile {}, reports no oldest one",
                       FormatTime(range.to));
  }
  return fmt::format("covers {} to {} ({})", FormatTime(range.from),
                     FormatTime(range.to), FormatLength(range.length()));
}

std::string DescribeState(const SourceState& state) {
  std::string where =
      fmt::format("{} {}", state.info.kind, state.info.location);
  AppendPart("version", state.info.version, where);
  AppendPart("tenant", Sanitize(state.info.tenant), where);
  return state.error ? fmt::format("{}; does not answer: {}", where,
                                   state.error->message)
                     : where + "; " + DescribeCovered(state.covered);
}

/// "cpu, block:delay": the shortest names of the types of this service that the
/// other tools accept.
std::string ShortTypes(const Service& service) {
  std::vector<profile::ProfileType> types;
  std::map<std::string, int> same_sample_type;
  for (const auto& id : service.profile_types) {
    auto type = profile::ProfileType::Parse(id);
    if (!type.ok()) continue;  // a label that was set by hand
    ++same_sample_type[type->sample_type];
    types.push_back(*std::move(type));
  }
  std::vector<std::string> names;
  for (const auto& type : types) {
    names.push_back(same_sample_type[type.sample_type] == 1
                        ? type.sample_type
                        : fmt::format("{}:{}", type.name, type.sample_type));
  }
  return Join(names, ", ");
}

/// The services of one source that have the same profile types.
struct Group {
  std::vector<std::string> services;
  std::string types;
};

/// In the order of their first services.
std::vector<Group> GroupsOf(std::span<const Service> services) {
  std::vector<Group> groups;
  std::map<std::string, std::size_t> by_types;
  for (const Service& service : services) {
    std::string types = ShortTypes(service);
    const auto [at, is_new] = by_types.try_emplace(types, groups.size());
    if (is_new) groups.push_back({{}, std::move(types)});
    groups[at->second].services.push_back(service.name);
  }
  return groups;
}

/// One row for each service or, if services have the same types, for each
/// group. A list of services comes last, where it is not padded.
void AddRows(const std::string& source, const std::vector<Group>& groups,
             bool services_last, Table& table) {
  for (const Group& group : groups) {
    auto& row = table.rows.emplace_back();
    if (table.columns.size() == 3) row.push_back(source);
    row.push_back(Join(group.services, ", "));
    row.push_back(group.types);
    if (services_last) std::swap(row[row.size() - 2], row.back());
  }
}

/// Adds the table. Returns the number of services that were omitted.
std::size_t AddServices(const Output& out, Document& doc) {
  std::size_t room = out.limit;
  std::size_t omitted = 0;
  bool has_lists = false;
  std::vector<std::vector<Group>> groups;
  for (const SourceState& state : out.sources) {
    const std::size_t shown = std::min(room, state.services.size());
    room -= shown;
    omitted += state.services.size() - shown;
    groups.push_back(GroupsOf(std::span(state.services).first(shown)));
    has_lists = has_lists || groups.back().size() < shown;
  }
  Table table{.columns = {{"SERVICE"}, {"PROFILE TYPES"}}};
  if (has_lists) table.columns = {{"PROFILE TYPES"}, {"SERVICES"}};
  if (out.sources.size() > 1) {
    table.columns.insert(table.columns.begin(), {"SOURCE"});
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    AddRows(out.sources[i].name, groups[i], has_lists, table);
  }
  if (!table.rows.empty()) doc.Add(std::move(table));
  return omitted;
}

/// Says where services were looked for, unless the other tools look there too.
void NoteWindow(const SourceState& state, Document& doc) {
  if (state.error || state.is_usual_window || state.services.empty()) return;
  doc.Note(fmt::format(
      "Source {} has no profiles in the default window of the other tools. Its "
      "services are those of from=\"{}\", to=\"{}\": give these to the other "
      "tools.",
      state.name, FormatTime(state.window.from), FormatTime(state.window.to)));
}

/// What to do if no service was found.
std::string NoServices(const Output& out) {
  for (const SourceState& state : out.sources) {
    if (state.error || !state.info.is_server) continue;
    return fmt::format(
        "There are no profiles in {} to {}; ask the other tools for an earlier "
        "window, for example from=\"now-7d\".",
        FormatTime(state.window.from), FormatTime(state.window.to));
  }
  return "There are no profiles yet.";
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(fmt::format("Sources: {}", out.sources.size()));
  bool has_services = false;
  for (const SourceState& state : out.sources) {
    doc.Fact(fmt::format("source {}", state.name), DescribeState(state));
    has_services = has_services || !state.services.empty();
  }
  for (const SourceState& state : out.sources) doc.Links(state.links);
  const std::size_t omitted = AddServices(out, doc);
  for (const SourceState& state : out.sources) NoteWindow(state, doc);
  if (omitted > 0) {
    doc.Note(
        fmt::format("{} more services; raise limit to see them.", omitted));
  }
  if (has_services) {
    doc.Note(
        "Ask next: top_series for what costs most, then query_flamegraph with "
        "service and profile_type for the functions.");
  } else {
    doc.Note(NoServices(out));
  }
  if (out.limit > static_cast<std::size_t>(Args{}.limit))
    doc.AllowLargeAnswer();
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool Overview(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kOverview, deps, Run, Render);
}

}  // namespace pmcp::tools
