#include "server/core/lifecycle.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>

namespace pmcp::server::lifecycle {
namespace {

using Json = nlohmann::json;
using protocol::Version;

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

/// Returns params._meta, or null.
const Json* Meta(const jsonrpc::Params& params) {
  const auto meta = params->find("_meta");
  if (meta == params->end() || jsonrpc::IsNothing(*meta)) return nullptr;
  return &*meta;
}

/// Returns null if `object` is not an object or has no such member.
const Json* Member(const Json* object, std::string_view key) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto member = object->find(key);
  return member == object->end() ? nullptr : &*member;
}

bool ParamsHaveClaim(const jsonrpc::Params& params) {
  return Member(Meta(params), protocol::kMetaVersion) != nullptr;
}

/// The first required key that is missing from the _meta of a request that
/// names its version there, or has the wrong type.
std::optional<RpcError> CheckRequiredMeta(const Json* meta) {
  const Json* version = Member(meta, protocol::kMetaVersion);
  if (version == nullptr || !version->is_string()) {
    return InvalidParams(fmt::format("params._meta must have \"{}\", a string",
                                     protocol::kMetaVersion));
  }
  const Json* capabilities = Member(meta, protocol::kMetaClientCapabilities);
  if (capabilities == nullptr || !capabilities->is_object()) {
    return InvalidParams(fmt::format("params._meta must have \"{}\", an object",
                                     protocol::kMetaClientCapabilities));
  }
  return std::nullopt;
}

/// Returns the version that _meta names, or the error in _meta. The keys are
/// checked before the version: a client that omits one gets that error even if
/// its version is not supported.
RpcResult<const Version*> ClaimedVersion(const Json* meta) {
  if (auto error = CheckRequiredMeta(meta)) return *std::move(error);
  const Json* client = Member(meta, protocol::kMetaClientInfo);
  if (client != nullptr && !client->is_object()) {
    return InvalidParams(fmt::format("params._meta: \"{}\" must be an object",
                                     protocol::kMetaClientInfo));
  }
  const Json* level = Member(meta, protocol::kMetaLogLevel);
  if (level != nullptr &&
      !(level->is_string() &&
        FindLogLevel(level->get_ref<const std::string&>()))) {
    return InvalidParams(fmt::format("params._meta: \"{}\" is not a log level",
                                     protocol::kMetaLogLevel));
  }
  const auto& name =
      Member(meta, protocol::kMetaVersion)->get_ref<const std::string&>();
  const Version* known = protocol::FindVersion(name);
  // A version with sessions is negotiated with initialize.
  if (known == nullptr || known->rules.has_sessions) {
    return protocol::UnsupportedVersion(name);
  }
  return known;
}

/// Not one of the codes of stateless versions (-32020 to -32022): a client that
/// probes the server would conclude from them that it has no initialize.
RpcError NoSession() {
  return {protocol::kInvalidParams,
          fmt::format("send initialize first, or \"{}\" in params._meta",
                      protocol::kMetaVersion),
          protocol::SupportedVersionsData()};
}

RpcError UnknownMethod(std::string_view method) {
  return {protocol::kMethodNotFound,
          fmt::format("method \"{}\" not found", method), ""};
}

/// The token of the client's progress notifications, if it wants them. The key
/// is the same in all versions.
RpcResult<std::optional<RequestId>> ProgressToken(const Json* meta) {
  const Json* token = Member(meta, protocol::kMetaProgressToken);
  if (token == nullptr) return std::optional<RequestId>();
  auto read = RequestId::From(*token);
  if (!read) {
    return InvalidParams(
        "params._meta.progressToken must be a string or an integer");
  }
  return read;
}

RpcResult<const Version*> SessionVersion(const Session& session,
                                         const MethodScope* method) {
  if (const Version* version = session.version()) return version;
  if (method != nullptr && method->before_initialize) {
    return &protocol::NewestSessionVersion();
  }
  return NoSession();
}

/// The version is checked before the method: a client with the wrong version
/// gets that error, not one about a missing method.
RpcResult<const Version*> VersionOf(const jsonrpc::Request& request,
                                    const MethodScope* method,
                                    const Session& session) {
  const bool is_stateless = ParamsHaveClaim(request.params) ||
                            (method != nullptr && IsStatelessOnly(*method));
  auto version = is_stateless ? ClaimedVersion(Meta(request.params))
                              : SessionVersion(session, method);
  if (std::holds_alternative<RpcError>(version)) return version;
  if (method == nullptr || !method->ExistsIn(*std::get<0>(version))) {
    return UnknownMethod(request.method);
  }
  return version;
}

}  // namespace

bool IsStatelessOnly(const MethodScope& method) {
  return std::ranges::none_of(protocol::kVersions, [&](const Version& version) {
    return version.rules.has_sessions && method.ExistsIn(version);
  });
}

RpcResult<Admission> Admit(const jsonrpc::Request& request,
                           const MethodScope* method, const Session& session) {
  const Json* meta = Meta(request.params);
  if (meta != nullptr && !meta->is_object()) {
    return InvalidParams("params._meta must be an object");
  }
  const auto version = VersionOf(request, method, session);
  if (const auto* error = std::get_if<RpcError>(&version)) return *error;
  const protocol::Rules& rules = std::get<0>(version)->rules;
  auto token = ProgressToken(meta);
  if (auto* error = std::get_if<RpcError>(&token)) return std::move(*error);
  Admission admission{.rules = rules,
                      .progress_token = std::get<0>(std::move(token))};
  if (rules.has_sessions) {
    admission.capabilities = session.capabilities();
    return admission;
  }
  // Points into the params of the request, and shares their ownership.
  admission.capabilities = jsonrpc::Params(
      request.params, Member(meta, protocol::kMetaClientCapabilities));
  if (const Json* level = Member(meta, protocol::kMetaLogLevel)) {
    admission.log_level = FindLogLevel(level->get_ref<const std::string&>());
  }
  return admission;
}

std::optional<RpcError> RefuseBatch(const jsonrpc::Parsed& batch,
                                    const Session& session) {
  const Version* version = session.version();
  const bool claims = std::ranges::any_of(batch.messages, HasClaim);
  if (version != nullptr && version->rules.has_batches && !claims) {
    return std::nullopt;
  }
  return RpcError{protocol::kInvalidRequest,
                  "batches are not part of this protocol version", ""};
}

bool HasClaim(const jsonrpc::Message& message) {
  const auto* request = std::get_if<jsonrpc::Request>(&message);
  return request != nullptr && ParamsHaveClaim(request->params);
}

std::string_view ClaimOf(const jsonrpc::Params& params) {
  const Json* version = Member(Meta(params), protocol::kMetaVersion);
  if (version == nullptr || !version->is_string()) return "";
  return version->get_ref<const std::string&>();
}

bool HasRequiredMeta(const jsonrpc::Params& params) {
  return !CheckRequiredMeta(Meta(params));
}

RpcResult<const Version*> Negotiate(const Json& params, Session& session) {
  const Json* asked = Member(&params, "protocolVersion");
  if (asked == nullptr || !asked->is_string()) {
    return InvalidParams("initialize needs \"protocolVersion\", a string");
  }
  const Version* version =
      protocol::FindVersion(asked->get_ref<const std::string&>());
  if (version == nullptr || !version->rules.has_sessions) {
    version = &protocol::NewestSessionVersion();
  }
  const Json* declared = Member(&params, "capabilities");
  session.set_capabilities(std::make_shared<const Json>(
      declared != nullptr && declared->is_object() ? *declared
                                                   : Json::object()));
  session.set_version(*version);
  return version;
}

}  // namespace pmcp::server::lifecycle
