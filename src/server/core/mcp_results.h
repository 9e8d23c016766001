// The shapes of what a server with more than tools sends: results of resources,
// prompts and completion, requests to the client, and notifications. As JSON
// text, ready to be sent; nothing here decides anything. Pure.
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

/// {"tools":{},…}: only what is served.
std::string CapabilitiesOf(const Features& features);
/// Whether any prompt or template completes an argument.
bool Completes(const Features& features);

// What the lists have of each thing that is registered, on one line.
std::string ListEntry(const Resource& resource);
std::string ListEntry(const ResourceTemplate& resource_template);
std::string ListEntry(const Prompt& prompt);

/// {"<member>":[…],"nextCursor":"…"}. `entries` are spliced in as they are; an
/// empty cursor is left out.
std::string ListResult(const Rules& rules, std::string_view member,
                       std::span<const std::string> entries,
                       std::string_view next_cursor, const Caching& caching,
                       const ServerInfo& info);

std::string ReadResult(const Rules& rules, const ReadResource& read,
                       const ServerInfo& info);
std::string PromptResult(const Rules& rules, const Prompt& prompt,
                         const PromptMessages& messages,
                         const ServerInfo& info);
/// Of all values, the first hundred are sent.
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

/// What a client listens to; of what it asks for, a server honours a part.
struct SubscriptionFilter {
  bool tools = false;
  bool prompts = false;
  bool resources = false;
  std::vector<std::string> uris;
};
std::string AcknowledgedNotification(const SubscriptionFilter& honoured,
                                     const RequestId& subscription);

}  // namespace pmcp::server::protocol
