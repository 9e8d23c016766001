// JSON-RPC 2.0: text to messages and back. Knows no method and no version.
//
// Everything wrong with a message ends as a Malformed value with the error to
// answer; no text can make Parse fail otherwise. Pure: safe from any thread.
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
/// Each takes up to a hundred times its text in memory: four MiB of small ones
/// took 150 MB. The longest lists of tools' arguments hold a thousand.
inline constexpr std::size_t kMaxValues = 16'384;
inline constexpr std::size_t kMaxBatch = 32;

/// Never null; of a call an object, {} when the message had none. Shared by the
/// reader, which hands a request on, and the worker, which runs it.
using Params = std::shared_ptr<const nlohmann::json>;

/// {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{…}}
struct Request {
  RequestId id;
  std::string method;
  Params params;
};

/// {"jsonrpc":"2.0","method":"notifications/cancelled","params":{…}}: the same
/// without an id. It is never answered, whatever is wrong with it.
struct Notification {
  std::string method;
  Params params;
};

/// An answer of the client, to a request that this server made.
struct Response {
  std::optional<RequestId> id;  // none when it is no id at all
  bool is_error = false;
  Params payload;  // the member "result" or "error": any JSON
};

/// `id` as far as it could be read; without it the answer has no id member.
struct Malformed {
  std::optional<RequestId> id;
  RpcError error;
};

using Message = std::variant<Request, Notification, Response, Malformed>;

/// What one text holds: a message, or in one old revision a list of them.
struct Parsed {
  std::vector<Message> messages;  // exactly one unless is_batch
  bool is_batch = false;
};

/// In this order: size, depth and values, JSON, shape. Only what the earlier
/// steps let through reaches the next one, which may rely on it.
Parsed Parse(std::string_view text);

/// For text that was not even read, as it was over kMaxMessageBytes.
Malformed TooLong();

/// `result_json` is spliced in as it is: one JSON object on one line.
std::string SerializeResult(const RequestId& id, std::string_view result_json);
/// Without an id the member is left out: the newest schema refuses null there,
/// and older clients can do nothing with either.
std::string SerializeError(const std::optional<RequestId>& id,
                           const RpcError& error);

}  // namespace pmcp::server::jsonrpc
