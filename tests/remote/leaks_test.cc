// No secret leaks: with credentials of every kind, at log level trace, the test
// calls every tool on servers that succeed, fail in many ways, or send back
// what they received. No part of a secret is in an answer, an error, a link or
// the log, and none is sent to another host.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/directory_source.h"
#include "tests/remote/grafana_stand_in.h"
#include "tests/support/child_peer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_pyroscope.h"
#include "tests/support/hostile_server.h"
#include "tests/support/read_file.h"
#include "tests/support/temp_folder.h"

namespace pmcp {
namespace {

using nlohmann::json;
using test::FakePyroscope;
using test::GrafanaStandIn;
using test::HostileReply;
using test::HostileServer;

/// A kind of credentials, and its secret parts.
struct Identity {
  json source;  // as in the file of --config
  std::vector<std::string> secrets;
  std::string sent;  // that of them which a server is sent
};

void PrintTo(const Identity& identity, std::ostream* out) {
  *out << identity.source;
}

std::vector<Identity> Identities() {
  const std::string basic = "c29tZW9uZTpzZWNyZXQtcGFzc3dvcmQ=";
  return {
      {{{"kind", "pyroscope"}, {"token_env", "LEAK_TOKEN"}},
       {"pyroscope-secret-token"},
       "pyroscope-secret-token"},
      {{{"kind", "pyroscope"}, {"token_file", "token"}},
       {"secret-token-of-a-file"},
       "secret-token-of-a-file"},
      {{{"kind", "pyroscope"},
        {"username", "someone"},
        {"password_env", "LEAK_PASSWORD"}},
       {"secret-password", basic},
       basic},
      {{{"kind", "grafana"}, {"token_env", "LEAK_GRAFANA_TOKEN"}},
       {GrafanaStandIn::kToken},
       GrafanaStandIn::kToken},
  };
}

constexpr std::array kTools = {
    "overview",          "list_profile_types", "list_labels",
    "query_flamegraph",  "top_series",         "query_series",
    "profile_exemplars", "span_exemplars",     "export_pprof"};

constexpr std::array kResources = {"pyroscope://server",
                                   "pyroscope://server/profile-types"};

/// For servers that never answer well.
constexpr const char* kShortTimeout = "300ms";
/// A good answer takes a second or two on a busy machine.
constexpr const char* kLongTimeout = "30s";

/// Runs the built program.
class Program {
 public:
  Program(const Identity& identity, const std::string& url,
          const char* timeout = kShortTimeout) {
    ::setenv("LEAK_TOKEN", "pyroscope-secret-token", 1);
    ::setenv("LEAK_PASSWORD", "secret-password", 1);
    ::setenv("LEAK_GRAFANA_TOKEN", GrafanaStandIn::kToken, 1);
    folder_.Write("token", "secret-token-of-a-file\n");
    json source = identity.source;
    source["name"] = "server";
    source["url"] = url;
    source["timeout"] = timeout;
    source["max_response"] = "1MiB";
    folder_.Write("sources.json",
                  json({{"sources", json::array({source})}}).dump());
  }

  /// The output on stdout and stderr for calls of all tools and for all other
  /// requests that query a source.
  std::string SaysToEveryQuestion() const {
    const std::string folder = folder_.path().string();
    test::ChildPeer peer(
        {"/bin/sh", "-c",
         fmt::format("exec '{0}' stdio --config '{1}/sources.json' "
                     "--export-dir '{1}' --log-level trace 2>'{1}/log'",
                     PMCP_PROGRAM, folder)});
    int id = 0;
    std::string said;
    const auto ask = [&](const char* method, const json& params) {
      peer.Send(json{
          {"jsonrpc", "2.0"},
          {"id", ++id},
          {"method", method},
          {"params",
           params}}.dump());
      const auto answer = peer.Receive();
      said += answer.value_or("NO ANSWER") + "\n";
    };
    ask("initialize", {{"protocolVersion", "2025-11-25"},
                       {"capabilities", json::object()},
                       {"clientInfo", {{"name", "test"}, {"version", "1"}}}});
    peer.Send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})");
    for (const std::string tool : kTools) {
      json arguments = json::object();
      if (tool != "overview") {  // which has a window of its own
        arguments = {{"from", "2026-11-23T09:00:00Z"},
                     {"to", "2026-11-23T09:02:00Z"}};
      }
      ask("tools/call", {{"name", tool}, {"arguments", arguments}});
    }
    // All other requests that query a source.
    ask("resources/list", json::object());
    for (const char* uri : kResources) ask("resources/read", {{"uri", uri}});
    ask("completion/complete",
        {{"ref", {{"type", "ref/prompt"}, {"name", "why_slow"}}},
         {"argument", {{"name", "service"}, {"value", "s"}}}});
    peer.CloseInput();
    EXPECT_EQ(peer.HowItEnded(), "");
    return said + test::ReadFile(folder_.path() / "log");
  }

 private:
  const test::TempFolder folder_;
};

void ExpectNoSecret(const Identity& identity, const std::string& said) {
  for (const std::string& secret : identity.secrets) {
    // Nor a large part of it, as in a shortened text.
    const std::string part = secret.substr(0, secret.size() * 2 / 3);
    EXPECT_EQ(said.find(part), std::string::npos) << secret << "\n" << said;
  }
}

std::size_t CountOf(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

std::string Http(const std::string& status, const std::string& type,
                 const std::string& body, const std::string& headers = "") {
  return fmt::format(
      "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
      "Connection: close\r\n{}\r\n{}",
      status, type, body.size(), headers, body);
}

struct Fault {
  const char* name;
  HostileReply reply;
};

/// Sends back everything that a server receives, in every place that we read.
std::vector<Fault> FaultsThatSay(const Identity& identity) {
  std::string known;
  // Repeated, so that some text is shortened inside a secret.
  for (int times = 0; times < 20; ++times) {
    for (const std::string& secret : identity.secrets) {
      known += fmt::format("Bearer {} ", secret);
    }
  }
  const std::string error =
      json{{"code", "invalid_argument"}, {"message", known}}.dump();
  const std::string version =
      json{{"data", {{"version", known}}}, {"message", known}}.dump();
  using Then = HostileReply::Then;
  return {
      {"error_in_json", {Http("400 Bad", "application/json", error)}},
      {"unauthenticated", {Http("401 No", "application/json", error)}},
      {"forbidden", {Http("403 " + known, "application/json", error)}},
      {"not_found", {Http("404 No", "text/plain", known)}},
      {"unsupported", {Http("501 No", "text/plain", known)}},
      {"busy",
       {Http("429 No", "application/json", error,
             "Retry-After: " + known + "\r\n")}},
      {"broken", {Http("500 No", "text/plain", known)}},
      {"bad_gateway", {Http("502 No", "text/html", known)}},
      {"web_page", {Http("200 OK", "text/html", "<html>" + known)}},
      {"content_type", {Http("200 OK", "text/" + known, known)}},
      {"garbage", {Http("200 OK", "application/proto", known)}},
      {"version", {Http("200 OK", "application/json", version)}},
      {"redirect_to_words",
       {Http("302 Found", "text/plain", "",
             "Location: http://" + identity.secrets[0] + ".example/\r\n")}},
      {"not_http", {known}},
      {"cut",
       {"HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\n"
        "Content-Length: 999999\r\n\r\n" +
        known}},
      {"silence", {"", Then::kHang}},
  };
}

class Leaks : public testing::TestWithParam<Identity> {};

TEST_P(Leaks, NothingOfServersThatFail) {
  const Identity& identity = GetParam();
  for (const Fault& fault : FaultsThatSay(identity)) {
    SCOPED_TRACE(fault.name);
    const HostileServer server({fault.reply});
    const std::string said =
        Program(identity, server.url()).SaysToEveryQuestion();
    ExpectNoSecret(identity, said);
    // The secret was received, and there was output.
    std::string seen;
    for (const auto& request : server.requests()) seen += request;
    EXPECT_NE(seen.find(identity.sent), std::string::npos) << seen;
    EXPECT_EQ(CountOf("\"isError\":true", said), kTools.size()) << said;
    EXPECT_GE(CountOf("--> ", said), kTools.size()) << said;
  }
}

TEST_P(Leaks, NothingOfServersThatAnswer) {
  const Identity& identity = GetParam();
  const test::FakeClock clock(test::At("2026-11-24T12:00:00Z"));
  const store::DirectorySource folder(
      {.folder = PMCP_SOURCE_DIR "/examples/profiles",
       .rules = store::IngestRules::kAsPushed},
      clock);
  const FakePyroscope fake(folder, {});
  const bool by_grafana = identity.source.at("kind") == "grafana";
  std::optional<GrafanaStandIn> grafana;
  if (by_grafana) grafana.emplace(fake.url(), test::GrafanaStandInOptions{});
  const std::string said =
      Program(identity, by_grafana ? grafana->url() : fake.url(), kLongTimeout)
          .SaysToEveryQuestion();
  ExpectNoSecret(identity, said);
  EXPECT_EQ(CountOf("\"isError\":true", said), 0u) << said;
  EXPECT_EQ(CountOf("Profiles Drilldown: ", said),
            by_grafana ? kTools.size() + kResources.size() : 0u);
}

TEST_P(Leaks, NothingIsSentToAnotherHost) {
  for (const char* status :
       {"301 Moved", "302 Found", "303 See", "307 Here", "308 There"}) {
    const HostileServer other({{Http("200 OK", "application/proto", "")}});
    const HostileServer server({{Http(status, "text/plain", "",
                                      "Location: " + other.url() + "/\r\n")}});
    const std::string said =
        Program(GetParam(), server.url()).SaysToEveryQuestion();
    ExpectNoSecret(GetParam(), said);
    EXPECT_EQ(CountOf("\"isError\":true", said), kTools.size()) << said;
    EXPECT_TRUE(other.requests().empty()) << status;
    EXPECT_GE(server.requests().size(), kTools.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Identities, Leaks, testing::ValuesIn(Identities()),
                         [](const auto& one) {
                           return fmt::format("as_{}", one.index);
                         });

}  // namespace
}  // namespace pmcp
