// Converts a recorded question to the message that our client sends.
#pragma once

#include <optional>
#include <string>

#include "tests/oracle/question.h"

namespace pmcp::oracle {

/// Nullopt for an RPC that the client never calls.
std::optional<std::string> EncodedRequest(const Question& question);

/// Decodes and encodes a recorded message again, which removes explicit empty
/// fields.
std::optional<std::string> EncodedAgain(const std::string& method,
                                        const std::string& message);

}  // namespace pmcp::oracle
