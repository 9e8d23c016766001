// GrafanaStandIn: nginx in the role of Grafana: the list of data sources, a
// token check, and the data source proxy that replaces credentials and rewrites
// paths (docs/pyroscope-behavior.md, "Grafana proxy").
#pragma once

#include <string>

#include "tests/remote/nginx.h"

namespace pmcp::test {

struct GrafanaStandInOptions {
  bool gzip = false;
  const char* min_step = "15s";
};

class GrafanaStandIn {
 public:
  /// The only accepted token; the Pyroscope behind it sees tenant "team-a".
  static constexpr const char* kToken = "glsa_stand_in_token";

  GrafanaStandIn(const std::string& upstream,
                 const GrafanaStandInOptions& options);

  std::string url() const;

 private:
  const Nginx nginx_;
};

}  // namespace pmcp::test
