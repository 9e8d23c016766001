#include "pyroscope/connect/grafana_errors.h"

#include <fmt/core.h>

namespace pmcp::pyroscope {
namespace {

/// Status 400, plain text: the data source returned 401.
constexpr std::string_view kDatasourceRefused =
    "Authentication to data source failed";
/// Status 400: the uid is not valid, most likely because it is a name.
constexpr std::string_view kNoUid = "UID is invalid";
/// Status 500: the token was deleted.
constexpr std::string_view kDeletedToken = "invalid API key";
/// The body of 404 of Go's HTTP server.
constexpr std::string_view kNoSuchPage = "404 page not found";

constexpr std::string_view kCheckUrlAndUid =
    "Check the URL of Grafana, with its path prefix, and the uid of the data "
    "source; a name in its place needs the permission datasources:read.";

}  // namespace

// A 404 of Grafana means an unknown data source. A 404 of Pyroscope behind it
// means an unknown RPC and has Go's plain text as its body.
ErrorKind KindBehindGrafana(std::string_view said,
                            const http::ClientResponse& response) {
  if (said == kDatasourceRefused) return ErrorKind::kUnauthenticated;
  if (said == kNoUid) return ErrorKind::kNotFound;
  if (response.status == 500 && said == kDeletedToken) {
    return ErrorKind::kUnauthenticated;
  }
  const bool of_pyroscope =
      response.body.find(kNoSuchPage) != std::string::npos;
  return response.status == 404 && !of_pyroscope ? ErrorKind::kNotFound
                                                 : KindOf(response.status, "");
}

std::string HintBehindGrafana(ErrorKind kind, std::string_view said,
                              const http::ClientResponse& response,
                              const AskedServer& asked) {
  if (said == kDatasourceRefused) {
    return "Set valid credentials in the data source in Grafana.";
  }
  switch (kind) {
    case ErrorKind::kUnauthenticated:
      return fmt::format("Set {} to valid credentials.", asked.credential);
    case ErrorKind::kPermissionDenied:
      return fmt::format(
          "Give the account behind {} that permission{}.", asked.credential,
          asked.org_id.empty()
              ? ""
              : fmt::format(", and check the organisation, {}", asked.org_id));
    case ErrorKind::kNotFound:
      return std::string(kCheckUrlAndUid);
    case ErrorKind::kTimeout:
      return "Ask for a shorter window or a narrower selector: Grafana's proxy "
             "times out after 30 s by default.";
    case ErrorKind::kUnavailable:
      if (response.status == 502) {
        return "Start Pyroscope, or correct its URL in the data source: "
               "Grafana's proxy does not reach it.";
      }
      if (response.status == 500) {
        return "Try again later; if it still fails, read Grafana's log. A "
               "deleted token also causes this error.";
      }
      return "";
    default:
      return "";
  }
}

Error GrafanaPage(const http::ClientResponse& response,
                  const AskedServer& asked) {
  if (response.status == 404) {
    return {ErrorKind::kNotFound,
            fmt::format("{} answered {} with a web page (status 404)",
                        asked.url, asked.method),
            std::string(kCheckUrlAndUid)};
  }
  return {ErrorKind::kUnauthenticated,
          fmt::format("{} answered with a web page, most likely its login",
                      asked.url),
          fmt::format("Set {} to valid credentials, and check the URL of "
                      "Grafana and that of Pyroscope in the data source.",
                      asked.credential)};
}

}  // namespace pmcp::pyroscope
