// Subscription: one subscriptions/listen, from its first message to its end.
// The request stays unanswered, and takes no thread, until the client cancels
// it or the connection ends.
#pragma once

#include <memory>

#include "server/core/exchange.h"
#include "server/core/protocol.h"
#include "server/offer/features.h"
#include "server/words/server_info.h"

namespace pmcp::server {

/// Starts it, or refuses the exchange when what it asks for makes no sense or
/// too many listen already. `changes` has a feed.
void StartSubscription(const std::shared_ptr<Exchange>& exchange,
                       const protocol::Rules& rules, const Changes& changes,
                       const ServerInfo& info);

}  // namespace pmcp::server
