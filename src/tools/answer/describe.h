// The head of every answer: source, selector, profile type and window, as facts
// of a Document and as the `query` object of JSON answers.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "tools/answer/document.h"
#include "tools/args/query_args.h"

namespace pmcp::tools {

/// Facts `source`, `selector`, `profile type` (of the second, if a type was
/// found) and `window`, a note when the type was chosen, and links to the same
/// profiles at the end.
void Describe(const AskedLabels& asked, Document& document);
void Describe(const AskedProfiles& asked, Document& document);

/// {source, selector, profileType, from, to}, and {links} and
/// {profileTypeNote} where there are any.
void to_json(nlohmann::json& json, const AskedLabels& asked);
void to_json(nlohmann::json& json, const AskedProfiles& asked);

/// The ID of the type, "memory:all" for all types of a kind; "" if no type was
/// found.
std::string DescribeType(const AskedProfiles& asked);

/// "57.4 s (1.27 cores over the window)"; without the rate if the window is too
/// short or the type is a gauge, such as memory in use.
std::string DescribeTotal(double total, const AskedProfiles& asked);

/// "2 more series hold 590 ms; raise limit to see them.", with "1 more series
/// holds" for one. `amount` is "590 ms".
std::string DescribeRest(std::size_t count, std::string_view one,
                         std::string_view many, std::string_view amount);

/// "45 s", "2 h 30 min", "3 d 4 h".
std::string FormatLength(std::chrono::milliseconds length);

}  // namespace pmcp::tools

namespace pmcp::source {

/// The text of a notice.
void to_json(nlohmann::json& json, const Notice& notice);
/// {name, url}.
void to_json(nlohmann::json& json, const Link& link);

}  // namespace pmcp::source
