// Maps the errors of Grafana and of its data source proxy. The texts were
// observed with Grafana 9.4. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "http/client/http_client.h"
#include "pyroscope/connect/connect_client_errors.h"

namespace pmcp::pyroscope {

/// The kind of an error without a Connect code; `said` is its message or text.
ErrorKind KindBehindGrafana(std::string_view said,
                            const http::ClientResponse& response);

/// The hint of such an error; "" if the general hint applies.
std::string HintBehindGrafana(ErrorKind kind, std::string_view said,
                              const http::ClientResponse& response,
                              const AskedServer& asked);

/// The error of an HTML page.
Error GrafanaPage(const http::ClientResponse& response,
                  const AskedServer& asked);

}  // namespace pmcp::pyroscope
