// GrafanaStandIn: what of Grafana matters to its clients, played by nginx: the
// list of data sources, a token that is checked, and the data source proxy
// that replaces credentials and rewrites paths (docs/pyroscope-behavior.md,
// "Grafana proxy").
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
  /// The one token that it lets in; Pyroscope behind it sees tenant "team-a".
  static constexpr const char* kToken = "glsa_stand_in_token";

  GrafanaStandIn(const std::string& upstream,
                 const GrafanaStandInOptions& options);

  std::string url() const;

 private:
  const Nginx nginx_;
};

}  // namespace pmcp::test
