// Link: a web page that shows the profiles of an answer.
#pragma once

#include <string>

namespace pmcp::source {

/// Built from the configuration and the query, without a request.
struct Link {
  std::string name;  // "Profiles Drilldown"
  std::string url;
};

}  // namespace pmcp::source
