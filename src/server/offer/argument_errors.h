// Error messages for invalid arguments: the argument, its value, the allowed
// values, and the nearest valid value or an example. Written for a model, which
// corrects its call by them. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pmcp::server {

/// `name` is not among `properties`, the member "properties" of the schema.
Error UnknownArgument(std::string_view name, const nlohmann::json& properties);

/// `schema` is the schema of the property `name`.
Error MissingArgument(std::string_view name, const nlohmann::json& schema);
Error WrongArgument(std::string_view name, const nlohmann::json& value,
                    const nlohmann::json& schema);

/// Describes the values that `schema` allows, as the words after "must be": "an
/// integer from 1 to 100", "one of \"table\", \"json\"".
std::string Allowed(const nlohmann::json& schema);

/// Joins one or more errors into one.
Error JoinErrors(std::span<const Error> errors);

}  // namespace pmcp::server
