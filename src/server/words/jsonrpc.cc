#include "server/words/jsonrpc.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "server/words/rpc_error.h"

namespace pmcp::server::jsonrpc {
namespace {

using Json = nlohmann::json;

/// Checks the limits of a text before it is parsed: brackets that nest deeper
/// than kMaxDepth, or more than kMaxValues values (commas and opening brackets
/// outside strings, plus one). Returns the error message, or "". The parser
/// finds syntax errors.
std::string TooMuch(std::string_view text) {
  int depth = 0;
  std::size_t values = 1;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;  // the next character cannot end the string
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      ++values;
      if (++depth > kMaxDepth) {
        return fmt::format("the message nests deeper than {} levels",
                           kMaxDepth);
      }
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',') {
      ++values;
    }
  }
  if (values <= kMaxValues) return "";
  return fmt::format("the message holds more than {} values", kMaxValues);
}

/// The id is null, as JSON-RPC 2.0 section 5 requires for invalid JSON.
Malformed NotJson(std::string message) {
  return {RequestId::Null(), {protocol::kParseError, std::move(message), ""}};
}

Malformed NotRequest(std::optional<RequestId> id, std::string message) {
  return {std::move(id), {protocol::kInvalidRequest, std::move(message), ""}};
}

/// Calls the parser and converts its exceptions: returns the value, or the
/// error.
std::variant<Json, Malformed> ParseJson(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& e) {
    return NotJson(
        fmt::format("the message is not valid JSON, byte {}", e.byte));
  } catch (const Json::exception&) {  // a number like 1e999
    return NotJson("the message holds a number that is out of range");
  }
}

bool IsResponse(const Json& object) {
  return object.contains("result") || object.contains("error");
}

/// The id of a request; a message without one is a notification.
struct IdMember {
  std::optional<RequestId> id;
  bool present = false;
};

IdMember ReadId(const Json& object) {
  const auto found = object.find("id");
  if (found == object.end()) return {};
  return {RequestId::From(*found), true};
}

/// Makes a request, or without an id a notification, of a message with a
/// method.
Message ToCall(IdMember id, std::string method, const Json* params) {
  if (params != nullptr && IsNothing(*params)) params = nullptr;
  auto shared = std::make_shared<const Json>(
      params != nullptr && params->is_object() ? *params : Json::object());
  if (!id.present) {  // never answered, not even with an error
    return Notification{std::move(method), std::move(shared)};
  }
  if (params != nullptr && !params->is_object()) {
    return Malformed{
        std::move(id.id),
        {protocol::kInvalidParams, "\"params\" must be an object", ""}};
  }
  return Request{*std::move(id.id), std::move(method), std::move(shared)};
}

/// Makes a response. ClientRequests checks whether its id was ever sent.
Message ToResponse(IdMember id, const Json& object) {
  const bool is_error = object.contains("error");
  return Response{
      std::move(id.id), is_error,
      std::make_shared<const Json>(object[is_error ? "error" : "result"])};
}

/// Reads the id first, so that every error after it can name it.
Message ToMessage(const Json& value) {
  if (!value.is_object()) {
    return NotRequest({}, "a message must be an object");
  }
  IdMember id = ReadId(value);
  if (id.present && !id.id && !IsResponse(value)) {
    return NotRequest({}, "\"id\" must be a string or an integer");
  }
  const auto version = value.find("jsonrpc");
  if (version == value.end() || *version != "2.0") {
    return NotRequest(std::move(id.id), "\"jsonrpc\" must be \"2.0\"");
  }
  const auto method = value.find("method");
  if (method == value.end()) {
    if (IsResponse(value)) return ToResponse(std::move(id), value);
    return NotRequest(std::move(id.id), "\"method\" is missing");
  }
  if (!method->is_string() || IsResponse(value)) {
    return NotRequest(std::move(id.id),
                      method->is_string()
                          ? "a message has either \"method\" or a result"
                          : "\"method\" must be a string");
  }
  const auto params = value.find("params");
  return ToCall(std::move(id), method->get<std::string>(),
                params == value.end() ? nullptr : &*params);
}

Parsed One(Message message) {
  Parsed parsed;
  parsed.messages.push_back(std::move(message));
  return parsed;
}

}  // namespace

bool IsNothing(const Json& value) {
  return value.is_null() || (value.is_array() && value.empty());
}

std::optional<Json> ParseBounded(std::string_view text) {
  if (!TooMuch(text).empty()) return std::nullopt;
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

Parsed Parse(std::string_view text) {
  if (text.size() > kMaxMessageBytes) return One(TooLong());
  if (auto problem = TooMuch(text); !problem.empty()) {
    return One(NotJson(std::move(problem)));
  }
  const auto json = ParseJson(text);
  if (const auto* malformed = std::get_if<Malformed>(&json)) {
    return One(*malformed);
  }
  const Json& value = std::get<Json>(json);
  if (!value.is_array()) return One(ToMessage(value));
  if (value.empty() || value.size() > kMaxBatch) {
    return One(
        NotRequest({}, fmt::format("a batch holds 1 to {} messages, not {}",
                                   kMaxBatch, value.size())));
  }
  Parsed batch{.messages = {}, .is_batch = true};
  // A list inside a batch is an error ("must be an object"): batches do not
  // nest.
  for (const Json& element : value) {
    batch.messages.push_back(ToMessage(element));
  }
  return batch;
}

Malformed TooLong() {
  return NotRequest(
      {}, fmt::format("the message is longer than {} bytes", kMaxMessageBytes));
}

std::string SerializeResult(const RequestId& id, std::string_view result_json) {
  // append() instead of fmt::format: results are large, and a copy is
  // measurable.
  constexpr std::string_view kId = R"({"jsonrpc":"2.0","id":)";
  constexpr std::string_view kResult = R"(,"result":)";
  std::string text;
  text.reserve(kId.size() + id.json().size() + kResult.size() +
               result_json.size() + 1);
  text.append(kId).append(id.json()).append(kResult).append(result_json);
  return text += '}';
}

std::string SerializeError(const std::optional<RequestId>& id,
                           const RpcError& error) {
  const std::string message =
      Json(error.message).dump(-1, ' ', false, Json::error_handler_t::replace);
  return fmt::format(
      R"({{"jsonrpc":"2.0",{}"error":{{"code":{},"message":{}{}}}}})",
      id ? fmt::format("\"id\":{},", id->json()) : "", error.code, message,
      error.data.empty() ? "" : fmt::format(",\"data\":{}", error.data));
}

}  // namespace pmcp::server::jsonrpc
