// overview: lists the sources, whether each responds, and their services and
// profile types.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
  TimeRange window;  // of `services`
  std::vector<Service> services;
  std::vector<source::Link> links;
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
  if (!state.info.cannot.empty()) j["cannot"] = state.info.cannot;
  if (state.covered.is_known) j["hasProfiles"] = state.covered.profiles > 0;
  if (state.covered.profiles > 0) {
    j["from"] = FormatTime(state.covered.range.from);
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

/// Queries everything that the tool shows of one source.
Result<void> Ask(const source::ProfileSource& source, const CallContext& call,
                 SourceState& state, std::vector<source::Notice>& notices) {
  PMCP_TRY(covered, source.Covered(call));
  PMCP_TRY(window, source.DefaultWindow(call));
  const std::vector<std::string> names = {
      std::string(profile::kLabelServiceName),
      std::string(profile::kLabelProfileType)};
  PMCP_TRY(series,
           source.Series({.selector = {}, .range = window.data}, names, call));
  state.covered = covered.data;
  state.window = window.data;
  state.services = ServicesOf(series.data);
  state.links = source.Links({{}, {}, window.data});
  notices.insert(notices.end(), series.notices.begin(), series.notices.end());
  return {};
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
  for (const NamedSource* named : wanted) {
    SourceState state{.name = named->name, .info = named->source->Info()};
    const Result<void> asked =
        Ask(*named->source, context.call(), state, out.notices);
    PMCP_TRY_VOID(context.call().Check());
    state.info = named->source->Info();  // the version is known now
    if (!asked.ok() && wanted.size() == 1) return asked.error();
    if (!asked.ok()) state.error = asked.error();
    out.sources.push_back(std::move(state));
  }
  return out;
}

std::string DescribeState(const SourceState& state) {
  const std::string& version = state.info.version;
  const std::string where =
      fmt::format("{} {}{}", state.info.kind, state.info.location,
                  version.empty() ? "" : ", version " + version);
  if (state.error) {
    return fmt::format("{}; does not answer: {}", where, state.error->message);
  }
  if (!state.covered.is_known) {
    return where + "; does not report the time it covers";
  }
  if (state.covered.profiles == 0) return where + "; holds no profiles";
  const TimeRange& range = state.covered.range;
  return fmt::format("{}; covers {} to {} ({})", where, FormatTime(range.from),
                     FormatTime(range.to), FormatLength(range.length()));
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

/// Adds the table. Returns the number of services that were omitted.
std::size_t AddServices(const Output& out, Document& doc) {
  const bool several = out.sources.size() > 1;
  Table table{.columns = {{"SERVICE"}, {"PROFILE TYPES"}}};
  if (several) table.columns.insert(table.columns.begin(), {"SOURCE"});
  std::size_t omitted = 0;
  for (const SourceState& state : out.sources) {
    for (const Service& service : state.services) {
      if (table.rows.size() == out.limit) {
        ++omitted;
        continue;
      }
      table.rows.push_back({service.name, ShortTypes(service)});
      auto& row = table.rows.back();
      if (several) row.insert(row.begin(), state.name);
    }
  }
  if (!table.rows.empty()) doc.Add(std::move(table));
  return omitted;
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
  if (omitted > 0) {
    doc.Note(
        fmt::format("{} more services; raise limit to see them.", omitted));
  }
  if (has_services) {
    doc.Note(
        "Ask next: top_series for what costs most, then query_flamegraph with "
        "service and profile_type for the functions.");
  } else {
    doc.Note("There are no profiles yet.");
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
