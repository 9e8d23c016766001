#include "tests/remote/grafana_stand_in.h"

#include <fmt/core.h>

namespace pmcp::test {
namespace {

constexpr const char* kServer = R"(
    listen 127.0.0.1:PORT;
    gzip {0}; gzip_types application/proto; gzip_min_length 1; gzip_proxied any;
    if ($http_authorization != "Bearer {1}") {{
      return 401 '{{"message":"Invalid API key"}}';
    }}
    location = /grafana/api/datasources {{
      return 200 '[{{"uid":"ps-1","name":"Profiles","type":"grafana-pyroscope-datasource","jsonData":{{"minStep":"{2}"}}}},{{"uid":"m","name":"Metrics","type":"prometheus"}}]';
    }}
    location /grafana/api/datasources/proxy/uid/ps-1/ {{
      proxy_pass {3}/;
      proxy_set_header Authorization "";
      proxy_set_header X-Scope-OrgID "team-a";
      proxy_http_version 1.1;
    }}
    location / {{
      return 404 '{{"message":"Not found"}}';
    }}
)";

}  // namespace

GrafanaStandIn::GrafanaStandIn(const std::string& upstream,
                               const GrafanaStandInOptions& options)
    : nginx_(fmt::format(fmt::runtime(kServer), options.gzip ? "on" : "off",
                         kToken, options.min_step, upstream)) {}

std::string GrafanaStandIn::url() const {
  return fmt::format("http://127.0.0.1:{}/grafana", nginx_.port());
}

}  // namespace pmcp::test
