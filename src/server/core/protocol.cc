#include "server/core/protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/words/content_json.h"

namespace pmcp::server::protocol {
namespace {

// Ordered, so that answers read in the order in which they are written here.
using Json = nlohmann::ordered_json;

constexpr std::string_view kMetaServerInfo =
    "io.modelcontextprotocol/serverInfo";

// It changes only when the program does; the time bounds how long an upgrade
// stays unseen.
constexpr Caching kDiscover{.ttl_ms = 3'600'000, .is_public = true};

constexpr int kBusyRetryAfterMs = 1'000;

/// Never throws: what is not UTF-8 is replaced.
std::string Dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json VersionNames() {
  Json names = Json::array();
  for (const Version& version : kVersions) names.push_back(version.name);
  return names;
}

/// {"name":…,"version":…,"title":…,"websiteUrl":…}. Older revisions know the
/// first two only and skip the rest, so it is the same for all.
Json Implementation(const ServerInfo& info) {
  Json implementation = {{"name", info.name}, {"version", info.version}};
  if (!info.title.empty()) implementation["title"] = info.title;
  if (!info.website_url.empty()) {
    implementation["websiteUrl"] = info.website_url;
  }
  return implementation;
}

/// The _meta of a result that names the server.
Json MetaOf(const ServerInfo& info) {
  return {{kMetaServerInfo, {{"name", info.name}, {"version", info.version}}}};
}

/// Why a call failed, for programs; people and models read the text.
Json ErrorMeta(ErrorKind kind) {
  return {{"kind", Name(kind)}, {"retryable", IsRetryable(kind)}};
}

/// `object` with `"name":json` as one more member. Spliced as text, since what
/// comes in this way is large and was serialised once already.
void SpliceMember(std::string& object, std::string_view name,
                  std::string_view json) {
  object.pop_back();
  if (object.size() > 1) object += ',';
  object += fmt::format("\"{}\":", name);
  const std::size_t start = object.size();
  object += json;
  // Raw newlines are white space in JSON and the end of a message on stdio.
  std::replace(object.begin() + static_cast<std::ptrdiff_t>(start),
               object.end(), '\n', ' ');
  object += '}';
}

}  // namespace

const Version* FindVersion(std::string_view name) {
  const auto* found = std::ranges::find(kVersions, name, &Version::name);
  return found == std::end(kVersions) ? nullptr : found;
}

const Version& NewestSessionVersion() {
  return *std::ranges::find_if(
      kVersions, [](const Version& v) { return v.rules.has_sessions; });
}

const Version& NewestStatelessVersion() {
  return *std::ranges::find_if(
      kVersions, [](const Version& v) { return !v.rules.has_sessions; });
}

// {"resultType":"complete","ttlMs":…,"cacheScope":"public","_meta":{…},…}
std::string Result(const Rules& rules, std::string members,
                   const ServerInfo& info,
                   const std::optional<Caching>& caching) {
  Json added = Json::object();
  if (rules.results.has_type) added["resultType"] = "complete";
  if (rules.results.has_caching && caching) {
    added["ttlMs"] = caching->ttl_ms;
    added["cacheScope"] = caching->is_public ? "public" : "private";
  }
  if (rules.results.has_server_info) added["_meta"] = MetaOf(info);
  if (added.empty()) return members;
  std::string text = Dump(added);
  if (members == "{}") return text;
  text.back() = ',';
  text.append(members, 1);
  return text;
}

// {"protocolVersion":"…","serverInfo":{…},"instructions":"…",
//  "capabilities":{"tools":{}}}
std::string InitializeResult(const Version& version,
                             std::string_view capabilities,
                             const ServerInfo& info) {
  std::string text = Dump({{"protocolVersion", version.name},
                           {"serverInfo", Implementation(info)},
                           {"instructions", info.instructions}});
  SpliceMember(text, "capabilities", capabilities);
  return text;
}

// A client that cannot read this answer falls back to initialize, so every
// member is present:
// {"resultType":"complete","ttlMs":…,"cacheScope":"public","_meta":{…},
//  "supportedVersions":[…],"instructions":"…","capabilities":{"tools":{}}}
std::string DiscoverResult(const Rules& rules, std::string_view capabilities,
                           const ServerInfo& info) {
  std::string text = Dump({{"supportedVersions", VersionNames()},
                           {"instructions", info.instructions}});
  SpliceMember(text, "capabilities", capabilities);
  return Result(rules, std::move(text), info, kDiscover);
}

// {"content":[{"type":"text","text":"…"},…],
//  "structuredContent":{…},               when the tool gave any
//  "isError":true,                        when it failed, and then
//  "_meta":{"<prefix>/error":{"kind":"not_found","retryable":false}}}
//
// Fields of newer revisions go to older clients as well, which skip them; only
// resultType and serverInfo depend on the rules.
std::string CallToolResult(const Rules& rules, const ToolResult& result,
                           const ServerInfo& info) {
  Json meta = Json::object();
  if (rules.results.has_server_info) meta = MetaOf(info);
  if (result.error) {
    meta[info.meta_prefix + "/error"] = ErrorMeta(*result.error);
  }

  Json object = Json::object();
  if (rules.results.has_type) object["resultType"] = "complete";
  object["content"] = Json::array();
  if (!result.text.empty() || result.content.empty()) {
    object["content"].push_back({{"type", "text"}, {"text", result.text}});
  }
  for (const Content& content : result.content) {
    object["content"].push_back(ToJson(content));
  }
  if (result.error) object["isError"] = true;
  if (!meta.empty()) object["_meta"] = meta;
  std::string text = Dump(object);
  // A failed call has none: an output schema would bind it (spec,
  // server/tools).
  if (!result.structured.empty() && !result.error) {
    SpliceMember(text, "structuredContent", result.structured);
  }
  return text;
}

std::string EmptyResult() { return "{}"; }

RpcError UnsupportedVersion(std::string_view requested) {
  const Json data = {{"supported", VersionNames()}, {"requested", requested}};
  return {kUnsupportedVersion, "unsupported protocol version", Dump(data)};
}

RpcError MissingClientCapability(std::span<const std::string> names) {
  Json required = Json::object();
  for (const std::string& name : names) required[name] = Json::object();
  return {kMissingClientCapability,
          fmt::format("this needs a client that declares {}",
                      fmt::join(names, ", ")),
          Dump({{"requiredCapabilities", required}})};
}

RpcError ResourceNotFound(const Rules& rules, std::string_view uri) {
  return {rules.resource_not_found_code, "resource not found",
          Dump({{"uri", uri}})};
}

RpcError ToRpcError(const Error& error) {
  const bool is_params = error.kind == ErrorKind::kInvalidArgument ||
                         error.kind == ErrorKind::kNotFound;
  return {is_params ? kInvalidParams : kInternalError,
          error.hint.empty() ? error.message
                             : fmt::format("{}. {}", error.message, error.hint),
          Dump(ErrorMeta(error.kind))};
}

RpcError ServerBusy() {
  return {kServerBusy, "server busy",
          Dump({{"retryAfterMs", kBusyRetryAfterMs}})};
}

RpcError RateLimited(std::chrono::milliseconds retry_after) {
  return {kRateLimited, "rate limited: too many calls",
          Dump({{"retryAfterMs", retry_after.count()}})};
}

std::string SupportedVersionsData() {
  return Dump({{"supported", VersionNames()}});
}

std::string ProgressNotification(const ProgressUpdate& update) {
  Json params = {{"progress", update.done}};
  if (update.total > 0) params["total"] = update.total;
  if (!update.message.empty()) params["message"] = update.message;
  std::string text = Dump(params);
  SpliceMember(text, "progressToken", update.token_json);
  return fmt::format(
      R"({{"jsonrpc":"2.0","method":"notifications/progress","params":{}}})",
      text);
}

}  // namespace pmcp::server::protocol
