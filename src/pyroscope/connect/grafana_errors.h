// What Grafana says when it, or its proxy before a data source, has no answer.
// Seen of Grafana 9.4 over HTTP. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "http/client/http_client.h"
#include "pyroscope/connect/connect_client_errors.h"

namespace pmcp::pyroscope {

/// Of an answer without Connect's code; `said` is its message or text.
ErrorKind KindBehindGrafana(std::string_view said,
                            const http::ClientResponse& response);

/// What to do; "" where that is the same as of any server.
std::string HintBehindGrafana(ErrorKind kind, std::string_view said,
                              const http::ClientResponse& response,
                              const AskedServer& asked);

/// Of a page for people.
Error GrafanaPage(const http::ClientResponse& response,
                  const AskedServer& asked);

}  // namespace pmcp::pyroscope
