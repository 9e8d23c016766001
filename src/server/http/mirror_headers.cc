#include "server/http/mirror_headers.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "server/core/protocol.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kBase64Begin = "=?base64?";
constexpr std::string_view kBase64End = "?=";
constexpr std::size_t kShownBytes = 80;

RpcError Mismatch(std::string message) {
  return {protocol::kHeaderMismatch, "Header mismatch: " + std::move(message),
          ""};
}

std::string Shown(std::string_view text) {
  return Sanitize(text.substr(0, kShownBytes));
}

/// Compares exactly: names and values are case-sensitive.
std::optional<RpcError> CheckText(std::string_view header,
                                  const std::string* value,
                                  std::string_view body) {
  if (value == nullptr) {
    return Mismatch(fmt::format("{} is missing", header));
  }
  if (*value == body) return std::nullopt;
  return Mismatch(
      fmt::format("{} header value '{}' does not match body value '{}'", header,
                  Shown(*value), Shown(body)));
}

/// The member of params that Mcp-Name repeats; "" for methods without one.
std::string_view NameMember(std::string_view method) {
  if (method == "tools/call" || method == "prompts/get") return "name";
  if (method == "resources/read") return "uri";
  if (method.starts_with("tasks/")) return "taskId";
  return "";
}

std::optional<RpcError> CheckName(const http::HttpFields& fields,
                                  const jsonrpc::Request& request) {
  constexpr std::string_view kHeader = "Mcp-Name";
  const auto member = NameMember(request.method);
  if (member.empty()) return std::nullopt;
  const auto body = request.params->find(member);
  // The request is malformed; the method returns a more precise error.
  if (body == request.params->end() || !body->is_string()) return std::nullopt;
  const std::string* value = fields.Find(kHeader);
  if (value == nullptr) return CheckText(kHeader, nullptr, "");
  const auto decoded = DecodeMirrorValue(*value);
  if (!decoded) {
    return Mismatch(fmt::format("{} is not a valid value", kHeader));
  }
  return CheckText(kHeader, &*decoded, body->get_ref<const std::string&>());
}

/// Whether `text` is the value of an argument. Numbers compare as numbers: 42.0
/// equals 42.
bool SaysValue(const std::string& text, const Json& value) {
  if (value.is_string()) return text == value.get_ref<const std::string&>();
  if (value.is_boolean()) return text == (value.get<bool>() ? "true" : "false");
  if (!value.is_number()) return false;
  const Json number = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return number.is_number() && number == value;
}

const Json* Descend(const Json& arguments,
                    const std::vector<std::string>& path) {
  const Json* at = &arguments;
  for (const std::string& name : path) {
    if (!at->is_object()) return nullptr;
    const auto member = at->find(name);
    if (member == at->end()) return nullptr;
    at = &*member;
  }
  return at->is_null() ? nullptr : at;
}

std::optional<RpcError> CheckArgument(const http::HttpFields& fields,
                                      const MirroredArgument& argument,
                                      const Json& arguments) {
  const Json* body = Descend(arguments, argument.path);
  const std::string* value = fields.Find(argument.header);
  if (body == nullptr && value == nullptr) return std::nullopt;
  if (body == nullptr) {
    return Mismatch(
        fmt::format("{} has a value and the body has none", argument.header));
  }
  if (value == nullptr) {
    return Mismatch(fmt::format("{} is missing", argument.header));
  }
  const auto decoded = DecodeMirrorValue(*value);
  if (decoded && SaysValue(*decoded, *body)) return std::nullopt;
  return Mismatch(
      fmt::format("{} header value '{}' does not match the argument \"{}\"",
                  argument.header, Shown(*value), Join(argument.path, ".")));
}

std::optional<RpcError> CheckArguments(
    const http::HttpFields& fields, const jsonrpc::Request& request,
    const std::vector<MirroredArgument>& mirrored) {
  if (mirrored.empty() || request.method != "tools/call") return std::nullopt;
  static const Json no_arguments = Json::object();
  const auto name = request.params->find("name");
  const auto given = request.params->find("arguments");
  for (const MirroredArgument& argument : mirrored) {
    if (name == request.params->end() || *name != argument.tool) continue;
    const Json& arguments =
        given == request.params->end() ? no_arguments : *given;
    if (auto error = CheckArgument(fields, argument, arguments)) return error;
  }
  return std::nullopt;
}

void Collect(const std::string& tool, const Json& schema,
             std::vector<std::string>& path,
             std::vector<MirroredArgument>& found) {
  const auto properties = schema.find("properties");
  if (properties == schema.end() || !properties->is_object()) return;
  for (const auto& [name, property] : properties->items()) {
    if (!property.is_object()) continue;
    path.push_back(name);
    const auto header = property.find("x-mcp-header");
    if (header != property.end() && header->is_string()) {
      found.push_back({tool, path, "Mcp-Param-" + header->get<std::string>()});
    }
    Collect(tool, property, path, found);
    path.pop_back();
  }
}

}  // namespace

std::vector<MirroredArgument> MirroredArguments(
    const std::vector<Tool>& tools) {
  std::vector<MirroredArgument> found;
  for (const Tool& tool : tools) {
    // The registry refuses declarations that are not JSON.
    const Json declaration = Json::parse(tool.declaration, nullptr, false);
    const auto schema = declaration.find("inputSchema");
    if (declaration.is_discarded() || schema == declaration.end()) continue;
    std::vector<std::string> path;
    Collect(declaration.value("name", ""), *schema, path, found);
  }
  return found;
}

std::optional<std::string> DecodeMirrorValue(std::string_view value) {
  const bool is_plain = std::ranges::all_of(
      value, [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
  if (!is_plain) return std::nullopt;
  if (!value.starts_with(kBase64Begin) || !value.ends_with(kBase64End) ||
      value.size() < kBase64Begin.size() + kBase64End.size()) {
    return std::string(value);
  }
  value.remove_prefix(kBase64Begin.size());
  value.remove_suffix(kBase64End.size());
  return DecodeBase64(value);
}

std::optional<RpcError> CheckMirrorHeaders(
    const http::HttpFields& fields, const jsonrpc::Request& request,
    const std::vector<MirroredArgument>& arguments) {
  const auto& meta = request.params->at("_meta");
  const auto& version = meta.at(std::string(protocol::kMetaVersion))
                            .get_ref<const std::string&>();
  if (auto error = CheckText("MCP-Protocol-Version",
                             fields.Find("MCP-Protocol-Version"), version)) {
    return error;
  }
  if (protocol::FindVersion(version) == nullptr) {
    return std::nullopt;  // the server refuses the version first
  }
  if (auto error =
          CheckText("Mcp-Method", fields.Find("Mcp-Method"), request.method)) {
    return error;
  }
  if (auto error = CheckName(fields, request)) return error;
  return CheckArguments(fields, request, arguments);
}

}  // namespace pmcp::server
