#include "server/core/lifecycle.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>

namespace pmcp::server::lifecycle {
namespace {

using Json = nlohmann::json;
using protocol::Era;

RpcError InvalidParams(std::string message) {
  return {protocol::kInvalidParams, std::move(message), ""};
}

/// params._meta, or null when there is none.
const Json* Meta(const jsonrpc::Params& params) {
  const auto meta = params->find("_meta");
  return meta == params->end() ? nullptr : &*meta;
}

/// Null when `object` is none, or has no such member.
const Json* Member(const Json* object, std::string_view key) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto member = object->find(key);
  return member == object->end() ? nullptr : &*member;
}

bool ParamsHaveClaim(const jsonrpc::Params& params) {
  return Member(Meta(params), protocol::kMetaVersion) != nullptr;
}

/// What is missing from the _meta of a modern request, if anything.
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

/// What is wrong with the _meta of a modern request, if anything. The keys are
/// looked at before the version: a client that leaves one out is told of it
/// even when its version is not supported.
std::optional<RpcError> CheckModernMeta(const Json* meta) {
  if (auto error = CheckRequiredMeta(meta)) return error;
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
  const protocol::Version* known = protocol::FindVersion(name);
  // A legacy version cannot be claimed: it is negotiated with initialize.
  if (known == nullptr || known->era != Era::kModern) {
    return protocol::UnsupportedVersion(name);
  }
  return std::nullopt;
}

/// Not one of the modern codes: by those a client that probes would conclude
/// that the server has no initialize.
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

/// The token under which the client wants to hear of progress, if it does. The
/// same key in both eras.
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

/// First whether the era itself is in order, then whether it has the method: a
/// client with the wrong version must learn of that, not of a missing method.
std::optional<RpcError> CheckEra(Era era, const jsonrpc::Request& request,
                                 const MethodEras* method,
                                 const Session& session) {
  if (era == Era::kModern) {
    if (auto error = CheckModernMeta(Meta(request.params))) return error;
  } else if (session.version() == nullptr &&
             !(method != nullptr && method->before_initialize)) {
    return NoSession();
  }
  const bool exists = method != nullptr &&
                      (era == Era::kModern ? method->modern : method->legacy);
  if (!exists) return UnknownMethod(request.method);
  return std::nullopt;
}

}  // namespace

RpcResult<Admission> Admit(const jsonrpc::Request& request,
                           const MethodEras* method, const Session& session) {
  const Json* meta = Meta(request.params);
  if (meta != nullptr && !meta->is_object()) {
    return InvalidParams("params._meta must be an object");
  }
  const bool only_modern = method != nullptr && !method->legacy;
  const Era era = ParamsHaveClaim(request.params) || only_modern ? Era::kModern
                                                                 : Era::kLegacy;
  if (auto error = CheckEra(era, request, method, session)) {
    return *std::move(error);
  }
  auto token = ProgressToken(meta);
  if (auto* error = std::get_if<RpcError>(&token)) return std::move(*error);
  Admission admission{.era = era,
                      .progress_token = std::get<0>(std::move(token))};
  if (era == Era::kLegacy) {
    admission.capabilities = session.capabilities();
    return admission;
  }
  // A part of the request, which lives as long as this.
  admission.capabilities = jsonrpc::Params(
      request.params, Member(meta, protocol::kMetaClientCapabilities));
  if (const Json* level = Member(meta, protocol::kMetaLogLevel)) {
    admission.log_level = FindLogLevel(level->get_ref<const std::string&>());
  }
  return admission;
}

std::optional<RpcError> RefuseBatch(const jsonrpc::Parsed& batch,
                                    const Session& session) {
  const protocol::Version* version = session.version();
  const bool claims = std::ranges::any_of(batch.messages, HasClaim);
  if (version != nullptr && version->has_batches && !claims) {
    return std::nullopt;
  }
  return RpcError{protocol::kInvalidRequest,
                  "batches are not part of this protocol version", ""};
}

bool HasClaim(const jsonrpc::Message& message) {
  const auto* request = std::get_if<jsonrpc::Request>(&message);
  return request != nullptr && ParamsHaveClaim(request->params);
}

bool HasRequiredMeta(const jsonrpc::Params& params) {
  return !CheckRequiredMeta(Meta(params));
}

RpcResult<const protocol::Version*> Negotiate(const Json& params,
                                              Session& session) {
  const Json* asked = Member(&params, "protocolVersion");
  if (asked == nullptr || !asked->is_string()) {
    return InvalidParams("initialize needs \"protocolVersion\", a string");
  }
  const protocol::Version* version =
      protocol::FindVersion(asked->get_ref<const std::string&>());
  if (version == nullptr || version->era != Era::kLegacy) {
    version = &protocol::NewestLegacyVersion();
  }
  const Json* declared = Member(&params, "capabilities");
  session.set_capabilities(std::make_shared<const Json>(
      declared != nullptr && declared->is_object() ? *declared
                                                   : Json::object()));
  session.set_version(*version);
  return version;
}

}  // namespace pmcp::server::lifecycle
