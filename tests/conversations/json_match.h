// Matches: whether a message is the one that a conversation expects.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace pmcp::test {

/// Equal, members and types alike (1, 1.0 and "1" differ), but that "<any>" in
/// `expected` stands for any value that is there.
bool Matches(const nlohmann::json& expected, const nlohmann::json& actual);

}  // namespace pmcp::test
