// GrafanaLinks: addresses of pages in Grafana that show the profiles of a
// question (reference 6.3). Pure.
#pragma once

#include <string>
#include <vector>

#include "source/link.h"
#include "source/query.h"

namespace pmcp::pyroscope {

/// `url` is Grafana's, from the configuration. Everything else is escaped.
/// Explore needs a profile type; without one there is only the other.
std::vector<source::Link> GrafanaLinks(const std::string& url,
                                       const std::string& datasource_uid,
                                       const source::ProfileQuery& query);

}  // namespace pmcp::pyroscope
