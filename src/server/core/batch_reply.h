// Splits the reply for a batch into one reply per message. Collects the answers
// and sends them as one array after the last one.
//
// The parts may be answered on any thread, in any order.
#pragma once

#include <cstddef>
#include <vector>

#include "server/core/reply_once.h"

namespace pmcp::server {

/// Returns one reply for each of `count` messages, at least one. After the last
/// of them, `whole` gets the array of answers, or Nothing if there are none.
std::vector<ReplyOnce> SplitReply(const ReplyOnce& whole, std::size_t count);

}  // namespace pmcp::server
