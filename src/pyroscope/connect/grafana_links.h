// GrafanaLinks: URLs of Grafana pages that show the profiles of a query
// (docs/pyroscope-behavior.md, "Grafana links"). Pure.
#pragma once

#include <string>
#include <vector>

#include "source/link.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// The Grafana and its data source, from the configuration.
struct GrafanaPlace {
  std::string url;
  std::string datasource_uid;  // "": not known, so there are no links
  std::string org_id;          // "": the current organisation of the reader
};

/// Links to Profiles Drilldown and, if the query has a profile type, to
/// Explore. Everything except the URL of Grafana is percent-encoded.
std::vector<source::Link> GrafanaLinks(const GrafanaPlace& place,
                                       const source::ProfileQuery& query);

}  // namespace pmcp::pyroscope
