// GrafanaStandIn: nginx as Grafana's data source proxy: a path that is
// rewritten, a token that is checked and replaced, a list of data sources.
//
// Runs as a child process until it is destroyed.
#pragma once

#include <sys/types.h>

#include <string>

#include "tests/support/temp_folder.h"

namespace pmcp::test {

class GrafanaStandIn {
 public:
  static constexpr const char* kToken = "glsa_standin_secret_token";

  /// `upstream` is where Pyroscope is, "http://127.0.0.1:1".
  GrafanaStandIn(const std::string& upstream, bool gzip);
  ~GrafanaStandIn();
  GrafanaStandIn(const GrafanaStandIn&) = delete;
  GrafanaStandIn& operator=(const GrafanaStandIn&) = delete;

  /// With the path prefix that Grafana is served from.
  std::string url() const;
  /// What nginx wrote to its logs.
  std::string Logs() const;

 private:
  TempFolder folder_;
  int port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace pmcp::test
