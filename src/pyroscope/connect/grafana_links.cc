#include "pyroscope/connect/grafana_links.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "http/client/url.h"

namespace pmcp::pyroscope {
namespace {

using nlohmann::json;
using profile::MatchOp;

constexpr int kShownNodes = 16'384;

std::string Ms(TimePointMs time) {
  return std::to_string(time.time_since_epoch().count());
}

void ReplaceAll(std::string_view from, std::string_view to, std::string& text) {
  for (auto at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// `pod|=|a`, with Grafana's escapes for "|" and "," in the value.
std::string Filter(const profile::Matcher& matcher) {
  std::string value = matcher.value;
  ReplaceAll("|", "__gfp__", value);
  ReplaceAll(",", "__gfc__", value);
  return fmt::format("{}|{}|{}", matcher.name, Symbol(matcher.op), value);
}

/// A profile type that was not found has a sample type only.
bool HasType(const source::ProfileQuery& query) {
  return !query.type.name.empty();
}

/// A data source belongs to one organisation.
std::string Organisation(const GrafanaPlace& place) {
  return place.org_id.empty() ? ""
                              : "&orgId=" + http::PercentEncode(place.org_id);
}

std::string Drilldown(const GrafanaPlace& place,
                      const source::ProfileQuery& query) {
  std::string service;
  std::string filters;
  for (const profile::Matcher& matcher : query.selector.matchers()) {
    if (matcher.name == profile::kLabelServiceName &&
        matcher.op == MatchOp::kEqual) {
      service = matcher.value;
    } else {
      filters += "&var-filters=" + http::PercentEncode(Filter(matcher));
    }
  }
  const bool has_type = HasType(query);
  const char* page = service.empty() ? "all"
                     : has_type      ? "flame-graph"
                                     : "labels";
  return fmt::format(
      "{}/a/grafana-pyroscope-app/explore?explorationType={}"
      "&var-dataSource={}{}{}{}&from={}&to={}&maxNodes={}{}",
      place.url, page, http::PercentEncode(place.datasource_uid),
      service.empty() ? "" : "&var-serviceName=" + http::PercentEncode(service),
      has_type ? "&var-profileMetricId=" + http::PercentEncode(query.type.Id())
               : "",
      filters, Ms(query.range.from), Ms(query.range.to), kShownNodes,
      Organisation(place));
}

std::string Explore(const GrafanaPlace& place,
                    const source::ProfileQuery& query) {
  const std::string& uid = place.datasource_uid;
  const json asked = {
      {"refId", "A"},
      {"datasource", {{"type", "grafana-pyroscope-datasource"}, {"uid", uid}}},
      {"queryType", "profile"},
      {"profileTypeId", query.type.Id()},
      {"labelSelector", query.selector.ToString()},
      {"groupBy", json::array()}};
  const json panes = {
      {"a",
       {{"datasource", uid},
        {"queries", json::array({asked})},
        {"range",
         {{"from", Ms(query.range.from)}, {"to", Ms(query.range.to)}}}}}};
  // Label values may be invalid UTF-8: replace the bytes, do not throw.
  const std::string text =
      panes.dump(-1, ' ', false, json::error_handler_t::replace);
  return fmt::format("{}/explore?schemaVersion=1&panes={}{}", place.url,
                     http::PercentEncode(text), Organisation(place));
}

}  // namespace

std::vector<source::Link> GrafanaLinks(const GrafanaPlace& place,
                                       const source::ProfileQuery& query) {
  if (place.datasource_uid.empty()) return {};
  std::vector<source::Link> links = {
      {"Profiles Drilldown", Drilldown(place, query)}};
  if (HasType(query)) links.push_back({"Explore", Explore(place, query)});
  return links;
}

}  // namespace pmcp::pyroscope
