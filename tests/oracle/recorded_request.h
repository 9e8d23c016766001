// A recorded question as the message that our client would send.
#pragma once

#include <optional>
#include <string>

#include "tests/oracle/question.h"

namespace pmcp::oracle {

/// nullopt for an RPC that the client never calls.
std::optional<std::string> EncodedRequest(const Question& question);

/// A recorded message, decoded and encoded again: without the empty fields that
/// some of them hold.
std::optional<std::string> EncodedAgain(const std::string& method,
                                        const std::string& message);

}  // namespace pmcp::oracle
