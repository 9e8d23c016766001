// JSON-RPC 2.0: parses text into messages and writes answers. Knows neither
// methods nor protocol versions.
//
// Parse never fails: an invalid message becomes a Malformed value, which holds
// the error to answer with. Pure: safe from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/words/request_id.h"
#include "server/words/rpc_error.h"

namespace pmcp::server::jsonrpc {

/// Arguments of tools are below 10 kB in practice.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{4} << 20;
/// Values nested deeper overflow the stack when they are copied or dumped.
inline constexpr int kMaxDepth = 64;
/// Bounds memory: a parsed value takes up to a hundred times its text, and 4
/// MiB of small values took 150 MB. The longest argument lists hold 1000
/// values.
inline constexpr std::size_t kMaxValues = 16'384;
inline constexpr std::size_t kMaxBatch = 32;

/// Never null. For a request or a notification an object, {} if the message has
/// no params. Shared by the thread that reads a request and the worker that
/// runs it.
using Params = std::shared_ptr<const nlohmann::json>;

/// Whether a member that should be an object stands for none: clients send
/// null, and those of languages whose empty map is an empty list send [].
bool IsNothing(const nlohmann::json& value);

/// The values in a text, which are those of TooMuch's bounds. Nullopt when it
/// is not JSON, or too much of it.
std::optional<nlohmann::json> ParseBounded(std::string_view text);

/// {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{…}}
struct Request {
  RequestId id;
  std::string method;
  Params params;
};

/// {"jsonrpc":"2.0","method":"notifications/cancelled","params":{…}}: a request
/// without an id. It never gets an answer, not even an error.
struct Notification {
  std::string method;
  Params params;
};

/// The answer of the client to a request of this server.
struct Response {
  std::optional<RequestId> id;  // nullopt if it is not a valid id
  bool is_error = false;
  Params payload;  // the member "result" or "error": any JSON
};

/// An invalid message. Without `id`, the answer has no "id" member.
struct Malformed {
  std::optional<RequestId> id;
  RpcError error;
};

using Message = std::variant<Request, Notification, Response, Malformed>;

/// The contents of one text: a message, or a batch of messages.
struct Parsed {
  std::vector<Message> messages;  // exactly one unless is_batch
  bool is_batch = false;
};

/// Checks, in this order: size, nesting depth and number of values, JSON
/// syntax, shape of the message. Each step relies on the ones before it.
Parsed Parse(std::string_view text);

/// For a text over kMaxMessageBytes that was not read to its end.
Malformed TooLong();

/// `result_json` is a JSON object on one line; it is copied unchanged.
std::string SerializeResult(const RequestId& id, std::string_view result_json);
/// Without an id the member is omitted: the schema of 2026-07-28 does not allow
/// null there, and older clients can use neither.
std::string SerializeError(const std::optional<RequestId>& id,
                           const RpcError& error);

}  // namespace pmcp::server::jsonrpc
