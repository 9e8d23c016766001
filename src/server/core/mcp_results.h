// Writes the JSON text of capabilities, of the results of lists, resources,
// prompts and completion, of requests to the client, and of notifications.
// protocol.h has the results of initialize and tools/call. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/core/protocol.h"
#include "server/offer/features.h"
#include "server/offer/input_required.h"
#include "server/words/log_level.h"
#include "server/words/request_id.h"

namespace pmcp::server::protocol {

/// {"tools":{},…}: the features that are registered.
std::string CapabilitiesOf(const Features& features);
/// Whether any prompt or template completes an argument.
bool Completes(const Features& features);

// The entry of a list, on one line.
std::string ListEntry(const Resource& resource);
std::string ListEntry(const ResourceTemplate& resource_template);
std::string ListEntry(const Prompt& prompt);

/// {"<member>":[…],"nextCursor":"…"}. Copies `entries` unchanged; omits an
/// empty cursor.
std::string ListResult(const Rules& rules, std::string_view member,
                       std::span<const std::string> entries,
                       std::string_view next_cursor, const Caching& caching,
                       const ServerInfo& info);

std::string ReadResult(const Rules& rules, const ReadResource& read,
                       const ServerInfo& info);
std::string PromptResult(const Rules& rules, const Prompt& prompt,
                         const PromptMessages& messages,
                         const ServerInfo& info);
/// Sends the first hundred values.
std::string CompletionResult(const Rules& rules,
                             std::span<const std::string> values,
                             const ServerInfo& info);
/// `state` is sealed. For rules with multi round trips.
std::string InputRequiredResult(const Rules& rules,
                                std::span<const InputRequest> requests,
                                const std::optional<std::string>& state,
                                const ServerInfo& info);
/// The end of subscriptions/listen.
std::string SubscriptionResult(const Rules& rules,
                               const RequestId& subscription,
                               const ServerInfo& info);

/// A request of the server. For rules without multi round trips.
std::string ClientRequest(const RequestId& id, const InputRequest& request);

std::string LogNotification(LogLevel level, std::string_view text);
std::string CancelledNotification(const RequestId& id, std::string_view reason);
/// `subscription` is the id of the subscriptions/listen request that the
/// message belongs to; null for a session's resource subscriptions.
std::string ChangeNotification(const Change& change,
                               const RequestId* subscription);

/// The changes that a client subscribes to. The server acknowledges those that
/// it offers.
struct SubscriptionFilter {
  bool tools = false;
  bool prompts = false;
  bool resources = false;
  std::vector<std::string> uris;
};
std::string AcknowledgedNotification(const SubscriptionFilter& honoured,
                                     const RequestId& subscription);

}  // namespace pmcp::server::protocol
