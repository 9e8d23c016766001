// BatchReply: one reply for many messages. Collects the answers to a batch and
// sends them as one array when the last one is there.
//
// Parts may be answered from any thread, in any order.
#pragma once

#include <cstddef>
#include <vector>

#include "server/core/reply_once.h"

namespace pmcp::server {

/// One reply for each of `count` messages, at least one; together they decide
/// `whole`, which is Nothing when none of them has an answer.
std::vector<ReplyOnce> SplitReply(const ReplyOnce& whole, std::size_t count);

}  // namespace pmcp::server
