// Maps error responses to Error: those of Connect, of Grafana, and of proxies
// in between.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "http/client/http_client.h"

namespace pmcp::pyroscope {

/// The server, the RPC and the credentials of a request, for error messages.
struct AskedServer {
  std::string url;         // without credentials
  std::string method;      // "SelectSeries"
  std::string credential;  // "PYROSCOPE_TOKEN": what the operator sets
  std::string tenant_id;
  std::string org_id;  // at Grafana
  bool through_grafana = false;
};

/// The kind of an error by its HTTP status and Connect code ("" if the body has
/// none). The only place that maps them.
ErrorKind KindOf(int status, std::string_view code);

/// The error of a response without status 200 or with an unexpected
/// Content-Type.
Error ErrorOf(const http::ClientResponse& response, const AskedServer& asked);

/// Whether a server says that only its v2 read path supports the request.
bool IsOldReadPath(std::string_view said);

/// Whether the response is an HTML page.
bool IsWebPage(const http::ClientResponse& response);

}  // namespace pmcp::pyroscope
