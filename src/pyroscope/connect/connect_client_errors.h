// What a response that is no answer means to the caller: Connect's errors,
// Grafana's, and those of whatever stands in between.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "http/client/http_client.h"

namespace pmcp::pyroscope {

/// Who was asked what, in words for an error.
struct AskedServer {
  std::string url;         // without credentials
  std::string method;      // "SelectSeries"
  std::string credential;  // "PYROSCOPE_TOKEN": what the operator sets
  std::string tenant_id;
  std::string org_id;  // at Grafana
  bool through_grafana = false;
};

/// The kind of a failure by its HTTP status and Connect's code ("" when the
/// body has none). Nothing else maps them.
ErrorKind KindOf(int status, std::string_view code);

/// Of any response but one with status 200 and the wanted content.
Error ErrorOf(const http::ClientResponse& response, const AskedServer& asked);

/// A page for people where an answer should be.
bool IsWebPage(const http::ClientResponse& response);

}  // namespace pmcp::pyroscope
