// Protocol: the revisions of MCP that this server speaks, with the rules of
// each; _meta keys, and the JSON text of results and errors.
//
// The only file that knows revisions: other code asks the rules of a version.
// Results of all revisions come from the same functions and differ in the few
// members that the rules name.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "server/offer/tool.h"
#include "server/words/content.h"
#include "server/words/rpc_error.h"
#include "server/words/server_info.h"

namespace pmcp::server::protocol {

/// The members that a revision adds to results.
struct ResultRules {
  bool has_type = false;         // "resultType"
  bool has_caching = false;      // "ttlMs" and "cacheScope", where they apply
  bool has_server_info = false;  // in "_meta"

  friend bool operator==(const ResultRules&, const ResultRules&) = default;
};

/// What a revision of the specification demands of a server.
struct Rules {
  /// initialize opens a session, which holds the version, the client's
  /// capabilities, its log level and its resource subscriptions. Without
  /// sessions each request carries the first three in params._meta.
  bool has_sessions = false;
  bool has_ping = false;
  bool has_discover = false;  // server/discover
  bool has_listen = false;    // subscriptions/listen
  /// One text may hold a list of messages.
  bool has_batches = false;
  /// A request that needs input of the client ends with the result type
  /// "input_required", and the client repeats it with the input
  /// (basic/patterns/mrtr). Otherwise the server sends requests to the client.
  bool has_multi_round_trips = false;
  /// A capability that the client lacks is kMissingClientCapability.
  bool has_missing_capability_error = false;
  int resource_not_found_code = kInvalidParams;
  ResultRules results;

  // Over HTTP (basic/transports).
  /// Events have ids, and a client can resume a stream by GET.
  bool resumes_streams = false;
  /// A stream begins with an event without a message, so that the client has
  /// an id to resume from.
  bool primes_streams = false;
  /// A closed connection cancels its request.
  bool disconnect_cancels = false;
  /// Every refused request has a 4xx status, not only malformed ones.
  bool refuses_by_status = false;
};

inline constexpr Rules kSessionRules = {
    .has_sessions = true,
    .has_ping = true,
    .resource_not_found_code = kResourceNotFound,
    .resumes_streams = true,
};

constexpr Rules WithBatches(Rules rules) {
  rules.has_batches = true;
  return rules;
}

constexpr Rules WithPrimedStreams(Rules rules) {
  rules.primes_streams = true;
  return rules;
}

inline constexpr Rules kStatelessRules = {
    .has_discover = true,
    .has_listen = true,
    .has_multi_round_trips = true,
    .has_missing_capability_error = true,
    .results = {.has_type = true, .has_caching = true, .has_server_info = true},
    .disconnect_cancels = true,
    .refuses_by_status = true,
};

struct Version {
  std::string_view name;
  Rules rules;
};

/// Newest first, as server/discover lists them.
inline constexpr Version kVersions[] = {
    {"2026-07-28", kStatelessRules},
    {"2025-11-25", WithPrimedStreams(kSessionRules)},
    {"2025-06-18", kSessionRules},
    {"2025-03-26", WithBatches(kSessionRules)},
    {"2024-11-05", kSessionRules},
};

/// Null when it is not supported.
const Version* FindVersion(std::string_view name);
/// The newest version that initialize can negotiate: its answer to a version
/// that it does not know.
const Version& NewestSessionVersion();
/// The newest version that a request can name in params._meta.
const Version& NewestStatelessVersion();

inline constexpr std::string_view kMetaVersion =
    "io.modelcontextprotocol/protocolVersion";
inline constexpr std::string_view kMetaClientCapabilities =
    "io.modelcontextprotocol/clientCapabilities";
inline constexpr std::string_view kMetaClientInfo =
    "io.modelcontextprotocol/clientInfo";
inline constexpr std::string_view kMetaLogLevel =
    "io.modelcontextprotocol/logLevel";
inline constexpr std::string_view kMetaProgressToken = "progressToken";

/// Lists that depend on nobody, and change only when the program does.
inline constexpr Caching kStaticList{.ttl_ms = 300'000, .is_public = true};

/// `members`, a JSON object as text, with the members that the rules add.
/// Results that clients may not keep have no `caching`.
std::string Result(const Rules& rules, std::string members,
                   const ServerInfo& info,
                   const std::optional<Caching>& caching = {});

/// `capabilities` is what CapabilitiesOf gives.
std::string InitializeResult(const Version& version,
                             std::string_view capabilities,
                             const ServerInfo& info);
std::string DiscoverResult(const Rules& rules, std::string_view capabilities,
                           const ServerInfo& info);
std::string CallToolResult(const Rules& rules, const ToolResult& result,
                           const ServerInfo& info);
/// The answer of ping.
std::string EmptyResult();

RpcError UnsupportedVersion(std::string_view requested);
RpcError ServerBusy();
RpcError RateLimited(std::chrono::milliseconds retry_after);
/// For methods that have no result in which an error could travel.
RpcError ToRpcError(const Error& error);
/// `names` are capabilities of a client, such as "sampling".
RpcError MissingClientCapability(std::span<const std::string> names);
RpcError ResourceNotFound(const Rules& rules, std::string_view uri);
/// {"supported":[…]}: the data of errors that name the versions.
std::string SupportedVersionsData();

struct ProgressUpdate {
  std::string_view token_json;
  double done = 0;
  double total = 0;  // 0: not known
  std::string_view message;
};
std::string ProgressNotification(const ProgressUpdate& update);

}  // namespace pmcp::server::protocol
