#include "pyroscope/connect/grafana.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"
#include "base/time_range.h"
#include "http/client/url.h"
#include "pyroscope/connect/grafana_links.h"

namespace pmcp::pyroscope {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 2> kTypes = {
    "grafana-pyroscope-datasource", "phlare"};
/// Enough for a thousand data sources with their settings.
constexpr std::size_t kMaxListBytes = std::size_t{16} << 20;
constexpr std::size_t kMostNamed = 100;
constexpr int kMaxDepth = 64;

std::string TextIn(const json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto field = object.find(key);
  return field == object.end() || !field->is_string()
             ? ""
             : Sanitize(field->get_ref<const std::string&>());
}

Datasource DatasourceIn(const json& object) {
  const auto settings = object.find("jsonData");
  const std::string min_step =
      settings == object.end() ? "" : TextIn(*settings, "minStep");
  return {.uid = TextIn(object, "uid"),
          .name = TextIn(object, "name"),
          .min_step = ParseDuration(min_step)};
}

bool IsPyroscope(const json& object) {
  return object.is_object() &&
         std::ranges::find(kTypes, TextIn(object, "type")) != kTypes.end() &&
         !TextIn(object, "uid").empty();
}

Error BadList() {
  return {ErrorKind::kBadResponse,
          "the answer of /api/datasources cannot be read: it is not a list",
          "Check that the URL is Grafana's, with its path prefix."};
}

ConnectOptions ForApi(ConnectOptions connect) {
  connect.max_response_bytes = kMaxListBytes;
  return connect;
}

}  // namespace

Result<std::vector<Datasource>> ParseDatasources(std::string_view body) {
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    return depth < kMaxDepth;
  };
  const json parsed = json::parse(body, shallow, /*allow_exceptions=*/false);
  std::vector<Datasource> found;
  if (parsed.is_object()) {  // the response for one uid
    if (IsPyroscope(parsed)) found.push_back(DatasourceIn(parsed));
    return found;
  }
  if (!parsed.is_array()) return BadList();
  for (const json& one : parsed) {
    if (IsPyroscope(one)) found.push_back(DatasourceIn(one));
  }
  return found;
}

Grafana::Grafana(std::string url, GrafanaOptions options,
                 const http::HttpClient& http, const Credentials& credentials,
                 ConnectOptions connect)
    : url_(std::move(url)),
      options_(std::move(options)),
      org_id_(credentials.options().grafana_org_id),
      client_(
          http,
          [this](const CallContext&) -> Result<std::string> { return url_; },
          credentials, ForApi(std::move(connect))) {}

std::optional<Datasource> Grafana::Found() const {
  const std::lock_guard lock(mutex_);
  return found_;
}

std::optional<Datasource> Grafana::FoundLately() const {
  const std::lock_guard lock(mutex_);
  return found_ && options_.now() - found_at_ < kKeptTime ? found_
                                                          : std::nullopt;
}

Result<std::string> Grafana::ProxyUrl(const CallContext& call) const {
  auto found = FoundLately();
  if (!found) {
    PMCP_TRY(datasource, Find(call));
    found = datasource;
    const std::lock_guard lock(mutex_);
    found_ = datasource;
    found_at_ = options_.now();
  }
  return fmt::format("{}/api/datasources/proxy/uid/{}", url_,
                     http::PercentEncode(found->uid));
}

/// Looks up by uid first, which does not need the permission to list data
/// sources. A name does.
Result<Datasource> Grafana::Find(const CallContext& call) const {
  if (!options_.datasource.empty()) {
    const auto one = client_.Get(
        "/api/datasources/uid/" + http::PercentEncode(options_.datasource),
        call);
    if (one.ok()) {
      PMCP_TRY(only, ParseDatasources(*one));
      if (only.size() == 1) return std::move(only[0]);
    } else if (one.error().kind == ErrorKind::kPermissionDenied) {
      return Datasource{.uid = options_.datasource};
    } else if (one.error().kind != ErrorKind::kNotFound) {
      return one.error();
    }
  }
  const auto body = client_.Get("/api/datasources", call);
  if (!body.ok()) return CannotList(body.error());
  PMCP_TRY(all, ParseDatasources(*body));
  return Choose(std::move(all));
}

Error Grafana::CannotList(Error error) const {
  if (error.kind == ErrorKind::kPermissionDenied) {
    error.hint += fmt::format(
        " Or set {} to the uid of the data source, for which datasources:query "
        "is enough.",
        options_.named);
  }
  return error;
}

Result<Datasource> Grafana::Choose(std::vector<Datasource> all) const {
  const std::string& wanted = options_.datasource;
  std::vector<std::string> names;
  for (const Datasource& one : all) {
    if (!wanted.empty() && (one.uid == wanted || one.name == wanted)) {
      return one;
    }
    if (names.size() < kMostNamed) {
      names.push_back(fmt::format("{} (uid {})", one.name, one.uid));
    }
  }
  if (all.empty()) {
    return NotFound(
        fmt::format("{} has no Pyroscope data source that this account sees",
                    url_),
        "Add one in Grafana, or give the service account the permission "
        "datasources:read.");
  }
  if (wanted.empty() && all.size() == 1) return std::move(all[0]);
  return NotFound(
      wanted.empty()
          ? fmt::format("{} has {} Pyroscope data sources", url_, all.size())
          : fmt::format("{} has no Pyroscope data source \"{}\"", url_, wanted),
      fmt::format("Set {} to one of: {}{}.", options_.named, Join(names, ", "),
                  all.size() > names.size()
                      ? fmt::format(", and {} more", all.size() - names.size())
                      : ""));
}

std::vector<source::Link> Grafana::Links(
    const source::ProfileQuery& query) const {
  const auto found = Found();
  return GrafanaLinks(
      {.url = url_,
       .datasource_uid = found ? found->uid : options_.datasource,
       .org_id = org_id_},
      query);
}

std::optional<std::chrono::milliseconds> Grafana::MinStep() const {
  const auto found = Found();
  return found ? found->min_step : std::nullopt;
}

}  // namespace pmcp::pyroscope
