// list_profile_types: lists the profile types and the services that have them.
#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.h"
#include "generated/schemas.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;

using Args = QuestionArgs;

struct TypeRow {
  profile::ProfileType type;
  std::vector<std::string> services;
};
void to_json(json& j, const TypeRow& row) {
  j = {{"ID", row.type.Id()},
       {"name", row.type.name},
       {"sampleType", row.type.sample_type},
       {"sampleUnit", row.type.sample_unit},
       {"periodType", row.type.period_type},
       {"periodUnit", row.type.period_unit},
       {"services", row.services}};
}

struct Output {
  AskedLabels asked;
  std::vector<TypeRow> rows;
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};
void to_json(json& j, const Output& out) {
  j = {{"query", out.asked},
       {"profileTypes", out.rows},
       {"notices", out.notices},
       {"whyEmpty", out.why_empty}};
}

using ServicesOfType = std::map<std::string, std::vector<std::string>>;

/// The series are sorted, so the services of each type are sorted.
ServicesOfType GroupByType(const std::vector<profile::Labels>& series) {
  ServicesOfType services;
  for (const auto& labels : series) {
    services[std::string(labels.Get(profile::kLabelProfileType))].emplace_back(
        labels.Get(profile::kLabelServiceName));
  }
  return services;
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(asked, ResolveLabelQuery(args, deps, call));
  PMCP_TRY(types, asked.source->ProfileTypes(asked.query, call));
  const std::vector<std::string> names = {
      std::string(profile::kLabelProfileType),
      std::string(profile::kLabelServiceName)};
  PMCP_TRY(series, asked.source->Series(asked.query, names, call));
  auto services = GroupByType(series.data);
  Output out{.asked = asked, .notices = types.notices};
  for (const auto& type : types.data) {
    out.rows.push_back({type, std::move(services[type.Id()])});
  }
  if (out.rows.empty()) {
    PMCP_TRY(why, ExplainEmpty(asked, call));
    out.why_empty = why;
  }
  return out;
}

std::string SomeServices(const std::vector<std::string>& services) {
  constexpr std::size_t kMostNamed = 4;
  if (services.size() <= kMostNamed) return Join(services, ", ");
  return fmt::format("{} and {} more",
                     Join(std::span(services).first(kMostNamed), ", "),
                     services.size() - kMostNamed);
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(fmt::format("Profile types: {}", out.rows.size()));
  Describe(out.asked, doc);
  Table table{
      .columns = {
          {"ID"}, {"NAME"}, {"SAMPLE_TYPE"}, {"SAMPLE_UNIT"}, {"SERVICES"}}};
  for (const auto& row : out.rows) {
    table.rows.push_back({row.type.Id(), row.type.name, row.type.sample_type,
                          row.type.sample_unit, SomeServices(row.services)});
  }
  doc.Add(std::move(table));
  for (const auto& sentence : out.why_empty) doc.Note(sentence);
  if (!out.rows.empty()) {
    doc.Note(
        "profile_type of the other tools also accepts a SAMPLE_TYPE or a "
        "NAME, if it belongs to only one type of a service.");
  }
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool ListProfileTypes(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kListProfileTypes, deps, Run, Render);
}

}  // namespace pmcp::tools
