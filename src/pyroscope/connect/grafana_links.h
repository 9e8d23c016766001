// GrafanaLinks: addresses of pages in Grafana that show the profiles of a
// question (docs/pyroscope-behavior.md, "Grafana links"). Pure.
#pragma once

#include <string>
#include <vector>

#include "source/link.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// Where in which Grafana the profiles are, from the configuration.
struct GrafanaPlace {
  std::string url;
  std::string datasource_uid;  // "": not known, and there are no links
  std::string org_id;          // "": the one that the reader is in
};

/// Everything but the URL is escaped. Explore needs a profile type; without one
/// there is only the other.
std::vector<source::Link> GrafanaLinks(const GrafanaPlace& place,
                                       const source::ProfileQuery& query);

}  // namespace pmcp::pyroscope
