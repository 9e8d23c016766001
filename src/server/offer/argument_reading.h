// Reads arguments as they were meant: what models often write in place of a
// value of the declared type is understood, and defaults are filled in.
//
// Changes only values that the schema would refuse, and only where the meaning
// is certain: a refusal costs the model a turn, a wrong guess costs a wrong
// answer. Not a check: what stays wrong is found by schema.h. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace pmcp::server {

/// "5" for 5, 5 for "5", "true" for true, 5.0 for 5, "a" for ["a"], where
/// `schema` (of one property) has the one and not the other; anything else
/// unchanged.
nlohmann::json ReadAsMeant(const nlohmann::json& value,
                           const nlohmann::json& schema);

/// Whether `value` is the null that clients send for an argument which they
/// leave out.
bool CountsAsAbsent(const nlohmann::json& value, const nlohmann::json& schema);

/// Adds the "default" of every property in `properties` that has one and is
/// not among `arguments`.
void FillDefaults(const nlohmann::json& properties, nlohmann::json& arguments);

}  // namespace pmcp::server
