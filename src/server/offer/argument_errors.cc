#include "server/offer/argument_errors.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;

// Enough to recognise a value; the caller has all of it in its request.
constexpr std::size_t kShownValue = 80;

std::string Show(const Json& value) {
  const std::string text =
      value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return Shorten(Sanitize(text), kShownValue);
}

std::vector<std::string> Names(const Json& properties) {
  std::vector<std::string> names;
  for (const auto& [name, schema] : properties.items()) names.push_back(name);
  return names;
}

/// Returns " from 1 to 100", " of at least 1", or ""; `unit` follows the
/// numbers.
std::string Range(const Json& schema, std::string_view low,
                  std::string_view high, std::string_view unit) {
  const auto min = schema.find(low);
  const auto max = schema.find(high);
  const bool has_min = min != schema.end();
  const bool has_max = max != schema.end();
  if (has_min && has_max) {
    return fmt::format(" from {} to {}{}", min->dump(), max->dump(), unit);
  }
  if (has_min) return fmt::format(" of at least {}{}", min->dump(), unit);
  if (has_max) return fmt::format(" of at most {}{}", max->dump(), unit);
  return "";
}

/// Describes one name of "type" with its limits.
std::string AllowedType(std::string_view type, const Json& schema) {
  if (type == "integer") {
    return "an integer" + Range(schema, "minimum", "maximum", "");
  }
  if (type == "number") {
    return "a number" + Range(schema, "minimum", "maximum", "");
  }
  if (type == "string") {
    return "a string" + Range(schema, "minLength", "maxLength", " characters");
  }
  if (type == "boolean") return "true or false";
  if (type == "array") {
    const auto items = schema.find("items");
    return (items == schema.end() ? "a list"
                                  : "a list, each " + Allowed(*items)) +
           (schema.contains("minItems") || schema.contains("maxItems")
                ? "," + Range(schema, "minItems", "maxItems", " entries")
                : "");
  }
  return type == "object" ? "an object" : std::string(type);
}

/// Returns `one of "table", "json"`, or a single value alone.
std::string OneOf(const Json& values) {
  std::vector<std::string> shown;
  for (const Json& value : values) shown.push_back(value.dump());
  return (shown.size() == 1 ? "" : "one of ") + Join(shown, ", ");
}

/// Returns the nearest value of "enum", for a string.
std::optional<std::string> Nearest(const Json& value, const Json& schema) {
  const auto allowed = schema.find("enum");
  if (allowed == schema.end() || !value.is_string()) return std::nullopt;
  std::vector<std::string> known;
  for (const Json& one : *allowed) {
    if (one.is_string()) known.push_back(one.get<std::string>());
  }
  return ClosestMatch(value.get_ref<const std::string&>(), known);
}

/// Returns `"limit": 20`, with the first of "examples" or the "default";
/// nullopt if the schema has neither.
std::optional<std::string> Example(std::string_view name, const Json& schema) {
  const auto examples = schema.find("examples");
  const auto fallback = schema.find("default");
  const Json* value = nullptr;
  if (examples != schema.end() && examples->is_array() && !examples->empty()) {
    value = &examples->front();
  } else if (fallback != schema.end()) {
    value = &*fallback;
  }
  if (value == nullptr) return std::nullopt;
  return fmt::format("\"{}\": {}", name, value->dump());
}

}  // namespace

Error UnknownArgument(std::string_view name, const Json& properties) {
  const std::vector<std::string> known = Names(properties);
  const std::string shown = Show(Json(name));
  // A tool without arguments has nothing to list or suggest.
  if (known.empty()) {
    return InvalidArgument(fmt::format("unknown argument {}", shown),
                           "Call this tool without arguments.");
  }
  const auto nearest = ClosestMatch(name, known);
  return InvalidArgument(fmt::format("unknown argument {}; valid ones are {}",
                                     shown, Join(known, ", ")),
                         nearest ? fmt::format("Did you mean \"{}\"?", *nearest)
                                 : fmt::format("Leave {} out.", shown));
}

Error MissingArgument(std::string_view name, const Json& schema) {
  const auto example = Example(name, schema);
  return InvalidArgument(
      fmt::format("argument \"{}\" is missing; it must be {}", name,
                  Allowed(schema)),
      example ? fmt::format("Write for example {}.", *example)
              : fmt::format("Add \"{}\".", name));
}

Error WrongArgument(std::string_view name, const Json& value,
                    const Json& schema) {
  std::string hint;
  if (const auto nearest = Nearest(value, schema)) {
    hint = fmt::format("Did you mean \"{}\"?", *nearest);
  } else if (const auto example = Example(name, schema)) {
    hint = fmt::format("Write for example {}.", *example);
  } else {
    hint = fmt::format("Correct \"{}\".", name);
  }
  return InvalidArgument(fmt::format("argument \"{}\" must be {}, not {}", name,
                                     Allowed(schema), Show(value)),
                         std::move(hint));
}

std::string Allowed(const Json& schema) {
  if (const auto values = schema.find("enum"); values != schema.end()) {
    return OneOf(*values);
  }
  const auto type = schema.find("type");
  if (type == schema.end()) return "as its description says";
  if (type->is_string()) return AllowedType(type->get<std::string>(), schema);
  std::vector<std::string> kinds;
  for (const Json& one : *type) {
    kinds.push_back(AllowedType(one.get<std::string>(), schema));
  }
  return Join(kinds, " or ");
}

Error JoinErrors(std::span<const Error> errors) {
  Error joined = errors.front();
  for (const Error& error : errors.subspan(1)) {
    joined.message += "; " + error.message;
    if (joined.hint.find(error.hint) == std::string::npos) {
      joined.hint += " " + error.hint;
    }
  }
  return joined;
}

}  // namespace pmcp::server
