// The sentences that refuse arguments: which one, what came, what is allowed,
// the nearest valid value or an example. Written for a model that will try
// again with what it reads here. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pmcp::server {

/// `name` is not among `properties`, the schema's object of that name.
Error UnknownArgument(std::string_view name, const nlohmann::json& properties);

/// `schema` is that of the one property.
Error MissingArgument(std::string_view name, const nlohmann::json& schema);
Error WrongArgument(std::string_view name, const nlohmann::json& value,
                    const nlohmann::json& schema);

/// What `schema` allows, as the words after "must be": "an integer from 1 to
/// 100", "one of \"table\", \"json\"", "a list of strings (at most 100)".
std::string Allowed(const nlohmann::json& schema);

/// All of them, one or more, as one error.
Error JoinErrors(std::span<const Error> errors);

}  // namespace pmcp::server
