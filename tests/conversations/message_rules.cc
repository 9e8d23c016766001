#include "tests/conversations/message_rules.h"

#include <nlohmann/json.hpp>

namespace pmcp::test {

using nlohmann::json;

namespace {

constexpr int kParseError = -32700;

std::string CheckError(const json& message) {
  const json& error = message["error"];
  if (!error.is_object() || !error.contains("code") ||
      !error["code"].is_number_integer()) {
    return "error.code must be an integer";
  }
  if (!error.contains("message") || !error["message"].is_string()) {
    return "error.message must be a string";
  }
  if (!message.contains("id")) return "";
  const bool is_null_allowed = error["code"] == kParseError;
  const json& id = message["id"];
  if (id.is_string() || id.is_number_integer()) return "";
  return id.is_null() && is_null_allowed ? "" : "id of an error";
}

/// Members that a notification must have, except for progress.
std::string CheckOther(const std::string& method, const json& params) {
  static const std::map<std::string, const char*> kNeeds = {
      {"notifications/message", "data"},
      {"notifications/cancelled", "requestId"},
      {"notifications/tools/list_changed", nullptr},
      {"notifications/prompts/list_changed", nullptr},
      {"notifications/resources/list_changed", nullptr},
      {"notifications/resources/updated", "uri"},
      {"notifications/subscriptions/acknowledged", "notifications"},
  };
  const auto found = kNeeds.find(method);
  if (found == kNeeds.end()) return "unknown method";
  if (found->second == nullptr || params.contains(found->second)) return "";
  return method + " without " + found->second;
}

/// Only in a session: the client must answer it.
std::string CheckRequest(const json& message) {
  const json& id = message["id"];
  if (!id.is_string() && !id.is_number_integer()) return "id of a request";
  const std::string method = message.value("method", "");
  return method == "elicitation/create" || method == "sampling/createMessage" ||
                 method == "roots/list"
             ? ""
             : "a notification has no id";
}

std::string CheckNotification(const json& message) {
  if (message.contains("id")) return CheckRequest(message);
  const std::string method = message.value("method", "");
  const json params = message.value("params", json::object());
  if (!params.is_object()) return "params must be an object";
  if (method != "notifications/progress") {
    return CheckOther(method, params);
  }
  const json& token = params["progressToken"];
  if (!token.is_string() && !token.is_number_integer()) return "progressToken";
  return params["progress"].is_number() ? "" : "progress must be a number";
}

std::string CheckCallResult(const json& result) {
  const json& content = result["content"];
  if (!content.is_array() || content.empty()) return "content must be a list";
  for (const json& block : content) {
    const std::string type = block.value("type", "");
    if (type == "text" && !block["text"].is_string()) return "text of content";
    if (type != "text" && type != "image" && type != "audio" &&
        type != "resource" && type != "resource_link") {
      return "content of unknown type";
    }
  }
  if (!result.contains("isError")) return "";
  if (!result["isError"].is_boolean()) return "isError must be a boolean";
  return result.contains("structuredContent") ? "a failed call is unstructured"
                                              : "";
}

std::string CheckStatelessResult(const std::string& method,
                                 const json& result) {
  const std::string type = result.value("resultType", "");
  if (type == "input_required") {
    return result.contains("inputRequests") || result.contains("requestState")
               ? ""
               : "nothing is required";
  }
  if (type != "complete") return "a stateless result has a resultType";
  if (method != "server/discover" && method != "resources/read" &&
      !method.ends_with("/list")) {
    return "";
  }
  if (!result.contains("ttlMs") || !result["ttlMs"].is_number_integer() ||
      result["ttlMs"] < 0) {
    return "a cacheable result has ttlMs";
  }
  const std::string scope = result.value("cacheScope", "");
  return scope == "public" || scope == "private" ? "" : "cacheScope";
}

std::string CheckSessionResult(const json& result) {
  for (const char* name : {"resultType", "ttlMs", "cacheScope"}) {
    if (result.contains(name))
      return std::string("session result with ") + name;
  }
  return result.dump().find("io.modelcontextprotocol/serverInfo") ==
                 std::string::npos
             ? ""
             : "session result with serverInfo in _meta";
}

}  // namespace

void MessageRules::OnSent(const std::string& text) {
  const json message = json::parse(text, nullptr, false);
  if (message.is_array()) {
    for (const json& element : message) NoteRequest(element);
  } else {
    NoteRequest(message);
  }
}

void MessageRules::NoteRequest(const json& message) {
  if (!message.is_object() || !message.contains("id") ||
      !message.contains("method")) {
    return;
  }
  const json params = message.value("params", json());
  const json meta = params.is_object() ? params.value("_meta", json()) : json();
  sent_[message["id"].dump()] = {
      message["method"].dump(),
      meta.is_object() &&
          meta.contains("io.modelcontextprotocol/protocolVersion")};
}

std::string MessageRules::Check(const json& message) const {
  if (message.is_array()) {
    for (const json& element : message) {
      if (auto problem = Check(element); !problem.empty()) return problem;
    }
    return message.empty() ? "an empty batch" : "";
  }
  if (!message.is_object()) return "a message is an object";
  if (message.value("jsonrpc", "") != "2.0") return "jsonrpc must be 2.0";
  return message.contains("method") ? CheckNotification(message)
                                    : CheckResponse(message);
}

std::string MessageRules::CheckResponse(const json& message) const {
  if (message.contains("result") == message.contains("error")) {
    return "a response has exactly one of result and error";
  }
  return message.contains("error") ? CheckError(message) : CheckResult(message);
}

std::string MessageRules::CheckResult(const json& message) const {
  const auto sent = sent_.find(message.value("id", json()).dump());
  if (sent == sent_.end()) return "a result for an id that was not sent";
  const json& result = message["result"];
  if (!result.is_object()) return "a result is an object";
  const std::string method = json::parse(sent->second.method);
  const std::string problem = sent->second.is_stateless
                                  ? CheckStatelessResult(method, result)
                                  : CheckSessionResult(result);
  if (!problem.empty()) return problem;
  const bool is_complete = result.value("resultType", "complete") == "complete";
  return method == "tools/call" && is_complete ? CheckCallResult(result) : "";
}

}  // namespace pmcp::test
