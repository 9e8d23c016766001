// Requests of the fixtures to the client, and readers for its answers.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "server/offer/input_required.h"

namespace pmcp::test {

/// Asks for a form; `properties` and `required` are JSON.
server::InputRequest AskForm(std::string key, std::string_view message,
                             std::string_view properties,
                             std::string_view required = "[]");
server::InputRequest AskModel(std::string key, std::string_view prompt,
                              int max_tokens);
server::InputRequest AskRoots(std::string key);

/// The value of a field of an accepted form, or "".
std::string FieldOf(const nlohmann::json& response, const char* field);
/// The text of the model, or "".
std::string TextOf(const nlohmann::json& response);

}  // namespace pmcp::test
