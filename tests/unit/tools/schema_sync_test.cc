// schemas/, the Args of the code and the checks of the server agree: each test
// fails if one of them changes alone.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "generated/schemas.h"
#include "server/core/server.h"
#include "tests/support/fake_clock.h"
#include "tests/support/read_file.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;

/// Bounds the answer of tools/list, since every conversation contains it.
constexpr std::size_t kMaxToolListBytes = 20 * 1024;
constexpr std::size_t kMaxDescriptionBytes = 2 * 1024;

class SchemaSync : public testing::Test {
 protected:
  SchemaSync() : server_({.name = "test"}, AllTools({sources_, clock_})) {
    for (const auto& tool : AllTools({sources_, clock_})) {
      const json declaration = json::parse(tool.declaration);
      declarations_[declaration.at("name")] = declaration;
    }
  }

  const json& Properties(const std::string& tool) const {
    return declarations_.at(tool).at("inputSchema").at("properties");
  }

  /// The error text of the schema check; "" if the arguments pass it. There is
  /// no source, so a call that passes ends in kNotFound.
  std::string Refusal(const std::string& tool, const json& arguments) const {
    const auto result = server_.Call(tool, arguments, CallContext());
    return result.error == ErrorKind::kInvalidArgument ? result.text : "";
  }

  source::Sources sources_;
  test::FakeClock clock_{test::At("2026-07-28T12:00:00Z")};
  server::Server server_;
  std::map<std::string, json> declarations_;
};

TEST_F(SchemaSync, FilesAndToolsAreOneToOne) {
  std::set<std::string> files;
  for (const auto& file : schemas::All()) files.emplace(file.stem);
  std::set<std::string> tools;
  for (const auto& [name, declaration] : declarations_) tools.insert(name);
  EXPECT_EQ(files, tools);
}

/// The committed files are what clients get; script/docs writes them.
TEST_F(SchemaSync, PublishedFilesAreWhatIsEmbedded) {
  const std::filesystem::path folder = PMCP_SOURCE_DIR "/schemas";
  std::set<std::string> published;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.is_regular_file()) published.insert(file.path().stem());
  }
  std::set<std::string> embedded;
  for (const auto& file : schemas::All()) {
    embedded.emplace(file.stem);
    const auto path = folder / (std::string(file.stem) + ".json");
    EXPECT_EQ(test::ReadFile(path), file.text) << path << ": run script/docs";
  }
  EXPECT_EQ(published, embedded);
}

TEST_F(SchemaSync, KeywordsAreThoseTheServerEnforces) {
  static const std::set<std::string> kProperty = {
      "type",    "description", "default",  "enum",    "minimum",
      "maximum", "items",       "maxItems", "minItems"};
  for (const auto& [name, declaration] : declarations_) {
    const json& schema = declaration.at("inputSchema");
    for (const auto& [key, value] : schema.items()) {
      EXPECT_TRUE(key == "type" || key == "properties" || key == "required" ||
                  key == "additionalProperties")
          << name << ": " << key;
    }
    for (const auto& [argument, property] : schema.at("properties").items()) {
      for (const auto& [key, value] : property.items()) {
        EXPECT_TRUE(kProperty.contains(key))
            << name << "." << argument << ": " << key;
      }
    }
  }
}

TEST_F(SchemaSync, StyleIsTheSameEverywhere) {
  for (const auto& [name, declaration] : declarations_) {
    const json& schema = declaration.at("inputSchema");
    EXPECT_EQ(schema.at("type"), "object") << name;
    EXPECT_EQ(schema.at("additionalProperties"), false) << name;
    for (const char* hint : {"readOnlyHint", "destructiveHint",
                             "idempotentHint", "openWorldHint"}) {
      EXPECT_TRUE(declaration.at("annotations").at(hint).is_boolean()) << name;
    }
    EXPECT_LE(declaration.at("description").get<std::string>().size(),
              kMaxDescriptionBytes);
    for (const auto& [argument, property] : schema.at("properties").items()) {
      const std::string text = property.at("description");
      EXPECT_TRUE(text.find("e.g.") != std::string::npos ||
                  property.contains("enum"))
          << name << "." << argument << " has no example";
    }
  }
}

TEST_F(SchemaSync, OneWordMeansOneThingInEveryTool) {
  std::map<std::string, std::set<std::string>> types;
  for (const auto& [name, declaration] : declarations_) {
    for (const auto& [argument, property] : Properties(name).items()) {
      types[argument].insert(property.at("type"));
    }
    for (const char* shared : {"source", "format"}) {
      EXPECT_TRUE(Properties(name).contains(shared)) << name << ": " << shared;
    }
    if (name == "overview") continue;  // of everything there is
    for (const char* shared : {"service", "selector", "from", "to"}) {
      EXPECT_TRUE(Properties(name).contains(shared)) << name << ": " << shared;
    }
  }
  for (const auto& [argument, kinds] : types) {
    EXPECT_EQ(kinds.size(), 1u) << argument;
  }
}

TEST_F(SchemaSync, UnknownArgumentsAreRefused) {
  for (const auto& [name, declaration] : declarations_) {
    EXPECT_NE(Refusal(name, {{"no_such_argument", 1}}), "") << name;
    EXPECT_EQ(Refusal(name, json::object()), "") << name;
  }
}

/// For each constraint of `property`, by keyword, a value that violates it.
std::map<std::string, json> BrokenValues(const json& property) {
  std::map<std::string, json> broken;
  broken["type"] = property.at("type") == "object" ? json(1) : json::object();
  if (property.contains("enum")) broken["enum"] = "no such word";
  if (property.contains("minimum")) {
    broken["minimum"] = property.at("minimum").get<int>() - 1;
  }
  if (property.contains("maximum")) {
    broken["maximum"] = property.at("maximum").get<int>() + 1;
  }
  if (property.contains("items"))
    broken["items"] = json::array({json::object()});
  if (property.contains("maxItems")) {
    broken["maxItems"] = json(std::vector<std::string>(
        property.at("maxItems").get<std::size_t>() + 1, "x"));
  }
  return broken;
}

TEST_F(SchemaSync, EveryConstraintIsEnforced) {
  for (const auto& [name, declaration] : declarations_) {
    for (const auto& [argument, property] : Properties(name).items()) {
      for (const auto& [keyword, value] : BrokenValues(property)) {
        const std::string refusal = Refusal(name, {{argument, value}});
        EXPECT_NE(refusal.find(argument), std::string::npos)
            << name << "." << argument << " accepts a broken " << keyword
            << ": " << value;
      }
    }
  }
}

TEST_F(SchemaSync, DefaultsAreAccepted) {
  for (const auto& [name, declaration] : declarations_) {
    json defaults = json::object();
    for (const auto& [argument, property] : Properties(name).items()) {
      if (property.contains("default")) {
        defaults[argument] = property.at("default");
      }
    }
    EXPECT_EQ(Refusal(name, defaults), "") << name;
  }
}

/// Compares the defaults of Args with those of the schema.
TEST_F(SchemaSync, DefaultsOfTheCodeAreThoseOfTheSchema) {
  for (const auto& tool : AllTools({sources_, clock_})) {
    const std::string name = json::parse(tool.declaration).at("name");
    const json args = json::parse(tool.default_arguments);
    std::set<std::string> fields;
    for (const auto& [field, value] : args.items()) {
      fields.insert(field);
      ASSERT_TRUE(Properties(name).contains(field)) << name << "." << field;
      const json& property = Properties(name).at(field);
      const bool is_empty = value == "" || value == json::array();
      EXPECT_TRUE(property.contains("default") ? property["default"] == value
                                               : is_empty)
          << name << "." << field << " is " << value << " in the code";
    }
    for (const auto& [argument, property] : Properties(name).items()) {
      EXPECT_TRUE(fields.contains(argument)) << name << "." << argument;
    }
  }
}

TEST_F(SchemaSync, ToolListFitsItsBudget) {
  std::size_t bytes = 0;
  for (const auto& [name, declaration] : declarations_) {
    bytes += declaration.dump().size();
  }
  EXPECT_LT(bytes, kMaxToolListBytes);
}

}  // namespace
}  // namespace pmcp::tools
