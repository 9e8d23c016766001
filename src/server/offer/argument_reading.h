// Converts arguments of the wrong JSON type that models often write, and fills
// in defaults.
//
// Converts only values that the schema refuses, and only if the meaning is
// certain: a refusal costs the model one more call, a wrong guess gives a wrong
// answer. Does not check arguments; schema.h does, afterwards. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace pmcp::server {

/// Returns `value` converted to a type of `schema`, the schema of one property:
/// "5" to 5, 5 to "5", "true" to true, 5.0 to 5, "a" to ["a"]. Returns it
/// unchanged if its type is allowed or no conversion applies.
nlohmann::json ReadAsMeant(const nlohmann::json& value,
                           const nlohmann::json& schema);

/// Whether `value` is null and the schema does not allow null: clients send it
/// for an argument that they omit.
bool CountsAsAbsent(const nlohmann::json& value, const nlohmann::json& schema);

/// Adds to `arguments` the "default" of each property that they do not contain.
void FillDefaults(const nlohmann::json& properties, nlohmann::json& arguments);

}  // namespace pmcp::server
