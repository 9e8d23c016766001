// The only file that includes valijson, since that is slow to compile.
#include "server/offer/schema.h"

#include <algorithm>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "base/check.h"
#include "server/offer/argument_errors.h"
#include "server/offer/argument_reading.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// Returns the schema of a tool's arguments as JSON. The declaration is part of
/// the program, so an invalid one is a bug.
Json ParseInputSchema(std::string_view declaration) {
  const Json json = Json::parse(declaration, nullptr, false);
  PMCP_CHECK(json.is_object() && json.contains("inputSchema"));
  Json schema = json["inputSchema"];
  PMCP_CHECK(schema.is_object());
  // Check supports these members of the root only; others would have no effect.
  for (const auto& [key, value] : schema.items()) {
    PMCP_CHECK(key == "type" || key == "properties" || key == "required" ||
               key == "additionalProperties" || key == "$schema");
  }
  schema.emplace("properties", Json::object());
  schema.emplace("required", Json::array());
  return schema;
}

}  // namespace

/// The schema as JSON, for error messages, and compiled, for the check.
struct InputSchema::Compiled {
  explicit Compiled(std::string_view declaration)
      : json(ParseInputSchema(declaration)) {
    valijson::SchemaParser parser;
    for (const auto& [name, schema] : json["properties"].items()) {
      parser.populateSchema(Adapter(schema), properties[name]);
    }
  }

  const Json& PropertyJson(const std::string& name) const {
    return json.at("properties").at(name);
  }

  Json json;
  /// One schema for each property, so that an error can name the argument.
  std::map<std::string, valijson::Schema> properties;
};

InputSchema::InputSchema(std::string_view declaration)
    : declaration_(declaration) {}
InputSchema::~InputSchema() = default;

const InputSchema::Compiled& InputSchema::compiled() const {
  std::call_once(once_, [this] {
    compiled_ = std::make_unique<const Compiled>(declaration_);
  });
  return *compiled_;
}

namespace {

bool IsValid(const valijson::Schema& schema, const Json& value) {
  valijson::Validator validator;  // strong types: "5" is not an integer here
  return validator.validate(schema, Adapter(value), nullptr);
}

}  // namespace

Result<Json> InputSchema::Check(const Json& arguments) const {
  // Collects all errors, so that the caller can correct them in one more call.
  const Compiled& schema = compiled();
  Json read = Json::object();
  std::vector<Error> errors;
  for (const auto& [name, value] : arguments.items()) {
    const auto property = schema.properties.find(name);
    if (property == schema.properties.end()) {
      errors.push_back(UnknownArgument(name, schema.json["properties"]));
      continue;
    }
    const Json& json = schema.PropertyJson(name);
    if (CountsAsAbsent(value, json)) continue;
    read[name] = ReadAsMeant(value, json);
    if (!IsValid(property->second, read[name])) {
      errors.push_back(WrongArgument(name, value, json));
    }
  }
  for (const Json& required : schema.json["required"]) {
    const auto name = required.get<std::string>();
    if (!read.contains(name)) {
      errors.push_back(MissingArgument(name, schema.PropertyJson(name)));
    }
  }
  if (!errors.empty()) return JoinErrors(errors);
  // Defaults come last: they are part of the schema and need no check.
  FillDefaults(schema.json["properties"], read);
  return read;
}

}  // namespace pmcp::server
