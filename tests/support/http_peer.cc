#include "tests/support/http_peer.h"

#include <fmt/core.h>
#include <httplib.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace pmcp::test {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds kPatience{20};
constexpr const char* kMetaVersion = "io.modelcontextprotocol/protocolVersion";

/// What a modern client says of its request in the header; nothing of others.
httplib::Headers MirrorHeaders(const std::string& message) {
  const json body = json::parse(message, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object() || !body.contains("params")) return {};
  const json& params = body["params"];
  if (!params.is_object() || !params.contains("_meta")) return {};
  const json& meta = params["_meta"];
  if (!meta.is_object() || !meta.contains(kMetaVersion) ||
      !meta[kMetaVersion].is_string() || !body["method"].is_string()) {
    return {};
  }
  httplib::Headers headers = {
      {"MCP-Protocol-Version", meta[kMetaVersion].get<std::string>()},
      {"Mcp-Method", body["method"].get<std::string>()}};
  for (const char* name : {"name", "uri"}) {
    if (params.contains(name) && params[name].is_string()) {
      headers.emplace("Mcp-Name", params[name].get<std::string>());
    }
  }
  return headers;
}

/// Takes the data of each whole event out of `text`.
std::vector<std::string> TakeEvents(std::string& text) {
  std::vector<std::string> all;
  for (auto end = text.find("\n\n"); end != std::string::npos;
       end = text.find("\n\n")) {
    const std::string event = text.substr(0, end + 1);
    text.erase(0, end + 2);
    const auto data = event.find("data: ");
    if (data == std::string::npos) continue;
    const auto line_end = event.find('\n', data);
    std::string line = event.substr(data + 6, line_end - data - 6);
    if (!line.empty()) all.push_back(std::move(line));
  }
  return all;
}

}  // namespace

HttpPeer::~HttpPeer() {
  if (server_ != nullptr) server_->endpoint().CancelAll();
  for (auto& post : posts_) post.join();
}

void HttpPeer::Send(const std::string& message) {
  const auto taken = [this] {
    return server_ == nullptr ? 0 : server_->endpoint().messages();
  };
  const std::size_t before = taken();
  std::unique_lock lock(mutex_);
  ++pending_;
  const std::size_t number = posts_.size();
  is_answered_.push_back(false);
  posts_.emplace_back([this, message, number] { Post(message, number); });
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!is_answered_[number] && taken() == before &&
         std::chrono::steady_clock::now() < until) {
    changed_.wait_for(lock, std::chrono::milliseconds(1));
  }
}

void HttpPeer::Post(const std::string& message, std::size_t number) {
  httplib::Client client("127.0.0.1", port_);
  client.set_read_timeout(kPatience);
  httplib::Request request;
  request.method = "POST";
  request.path = "/mcp";
  request.body = message;
  request.headers = MirrorHeaders(message);
  request.headers.emplace("Content-Type", "application/json");
  request.headers.emplace("Accept", "application/json, text/event-stream");
  {
    const std::lock_guard lock(mutex_);
    if (!session_.empty()) {
      request.headers.emplace("Mcp-Session-Id", session_);
    }
  }
  bool is_stream = false;
  std::string text;
  request.response_handler = [&](const httplib::Response& response) {
    is_stream =
        response.get_header_value("Content-Type") == "text/event-stream";
    const auto session = response.get_header_value("Mcp-Session-Id");
    const std::lock_guard lock(mutex_);
    if (!session.empty()) session_ = session;
    return true;
  };
  request.content_receiver = [&](const char* data, std::size_t size,
                                 std::uint64_t, std::uint64_t) {
    text.append(data, size);
    if (is_stream) {
      for (auto& event : TakeEvents(text)) Push(std::move(event));
    }
    return true;
  };
  const auto result = client.send(request);
  if (!result) {
    Fail(fmt::format("POST failed: {}", httplib::to_string(result.error())));
  } else if (!is_stream && !text.empty()) {
    Push(std::move(text));
  }
  const std::lock_guard lock(mutex_);
  --pending_;
  is_answered_[number] = true;
  changed_.notify_all();
}

void HttpPeer::Push(std::string message) {
  const std::lock_guard lock(mutex_);
  received_.push_back(std::move(message));
  changed_.notify_all();
}

void HttpPeer::Fail(std::string problem) {
  const std::lock_guard lock(mutex_);
  problem_ = std::move(problem);
}

std::optional<std::string> HttpPeer::Receive() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kPatience,
                    [this] { return !received_.empty() || pending_ == 0; });
  if (received_.empty()) return std::nullopt;
  std::string message = std::move(received_.front());
  received_.pop_front();
  return message;
}

void HttpPeer::CloseInput() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [this] { return pending_ == 0; });
    if (pending_ > 0) problem_ = "a POST was not answered";
    if (session_.empty()) return;
  }
  httplib::Client client("127.0.0.1", port_);
  const auto result =
      client.Delete("/mcp", httplib::Headers{{"Mcp-Session-Id", session_}});
  if (!result || result->status != 204) Fail("DELETE was refused");
}

}  // namespace pmcp::test
