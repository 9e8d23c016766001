// Protocol: the words of MCP. Versions, error codes, _meta keys, and the shape
// of every result; nothing here decides anything.
//
// The only file with version strings. Results are JSON text, ready to be sent;
// all of them come from one model and differ by era in few members only.
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

/// Legacy: a handshake (initialize) opens a session. Modern: no session, every
/// request carries its version in params._meta.
enum class Era { kLegacy, kModern };

struct Version {
  std::string_view name;
  Era era;
  bool has_batches = false;
  /// Streams over HTTP begin with an event that names them, so that clients
  /// can come back for the rest.
  bool primes_streams = false;
};

/// Newest first, as server/discover lists them.
inline constexpr Version kVersions[] = {
    {"2026-07-28", Era::kModern},
    {"2025-11-25", Era::kLegacy, false, /*primes_streams=*/true},
    {"2025-06-18", Era::kLegacy},
    {"2025-03-26", Era::kLegacy, /*has_batches=*/true},
    {"2024-11-05", Era::kLegacy},
};

/// Null when it is not supported.
const Version* FindVersion(std::string_view name);
/// What initialize answers to a version that it does not know.
const Version& NewestLegacyVersion();

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

/// What every result is made by: `members`, a JSON object as text, with what
/// the era adds. Only kinds of results that may be kept have `caching`.
std::string Result(Era era, std::string members, const ServerInfo& info,
                   const std::optional<Caching>& caching = {});

/// `capabilities` is what CapabilitiesOf gives.
std::string InitializeResult(const Version& version,
                             std::string_view capabilities,
                             const ServerInfo& info);
std::string DiscoverResult(std::string_view capabilities,
                           const ServerInfo& info);
std::string CallToolResult(Era era, const ToolResult& result,
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
RpcError ResourceNotFound(Era era, std::string_view uri);
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
