// Subscription: one subscriptions/listen request. It stays unanswered, and uses
// no thread, until the client cancels it or the connection ends.
#pragma once

#include <memory>

#include "server/core/exchange.h"
#include "server/core/protocol.h"
#include "server/offer/features.h"
#include "server/words/server_info.h"

namespace pmcp::server {

/// Starts a subscription. Answers the exchange with an error if its params are
/// invalid or there are too many subscriptions. `changes` has a feed.
void StartSubscription(const std::shared_ptr<Exchange>& exchange,
                       const protocol::Rules& rules, const Changes& changes,
                       const ServerInfo& info);

}  // namespace pmcp::server
