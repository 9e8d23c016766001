// Matches: whether a message equals the one that a conversation expects.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace pmcp::test {

/// Compares members and types (1, 1.0 and "1" differ); "<any>" in `expected`
/// matches every value.
bool Matches(const nlohmann::json& expected, const nlohmann::json& actual);

}  // namespace pmcp::test
