// The only file that includes valijson, which takes long to compile.
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

/// The schema of one tool's arguments, as JSON. A declaration is part of the
/// program, so what is wrong with it is a bug.
Json ParseInputSchema(std::string_view declaration) {
  const Json json = Json::parse(declaration, nullptr, false);
  PMCP_CHECK(json.is_object() && json.contains("inputSchema"));
  Json schema = json["inputSchema"];
  PMCP_CHECK(schema.is_object());
  // Members of the root that Check does not look at would be promises that
  // nobody keeps.
  for (const auto& [key, value] : schema.items()) {
    PMCP_CHECK(key == "type" || key == "properties" || key == "required" ||
               key == "additionalProperties" || key == "$schema");
  }
  schema.emplace("properties", Json::object());
  schema.emplace("required", Json::array());
  return schema;
}

}  // namespace

/// The schema as JSON, for the words of refusals, and as what decides.
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
  /// One for each property: whichever refuses is the argument to name.
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
  valijson::Validator validator;  // strong types: "5" is no integer here
  return validator.validate(schema, Adapter(value), nullptr);
}

}  // namespace

Result<Json> InputSchema::Check(const Json& arguments) const {
  // Everything that is wrong is collected, so that one more try can mend all.
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
  // Defaults come last: they are the schema's own, and are not checked.
  FillDefaults(schema.json["properties"], read);
  return read;
}

}  // namespace pmcp::server
