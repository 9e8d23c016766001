#include "tests/conformance/everything_server/fixtures.h"

#include <iterator>
#include <list>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

namespace pmcp::test {
namespace {

using nlohmann::ordered_json;

/// Keeps declarations until the process ends, since they must outlive the
/// server.
std::string_view Keep(std::string text) {
  static std::mutex mutex;
  static std::list<std::string> kept;
  const std::lock_guard lock(mutex);
  return kept.emplace_back(std::move(text));
}

void Append(std::vector<server::Tool>& all, std::vector<server::Tool> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()),
             std::make_move_iterator(more.end()));
}

/// A string of a literal that contains zero bytes.
template <std::size_t N>
std::string Bytes(const char (&literal)[N]) {
  return std::string(literal, N - 1);
}

}  // namespace

std::string TinyPng() {
  return Bytes(
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0\x1f\x15\xc4\x89"
      "\0\0\0\rIDATx\xda\x63\xfc\xcf\xc0\xf0\x1f\0\5\5\2\0\x5f\xc8\xf1\xd2"
      "\0\0\0\0IEND\xae\x42\x60\x82");
}

std::string TinyWav() {
  return Bytes(
      "RIFF\x26\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0\x80>\0\0\2\0\x10\0"
      "data\2\0\0\0\0\0");
}

server::Tool MakeFixture(std::string_view name, std::string_view description,
                         server::ToolFunction run,
                         std::string_view input_schema) {
  ordered_json declaration = {{"name", name}, {"description", description}};
  declaration["inputSchema"] =
      input_schema.empty()
          ? ordered_json{{"type", "object"}, {"additionalProperties", false}}
          : ordered_json::parse(input_schema);
  return {Keep(declaration.dump()), std::move(run)};
}

server::ToolResult TextResult(std::string text) {
  return {.text = std::move(text)};
}

server::Features EverythingFeatures() {
  server::Features features;
  features.changes = {.feed = std::make_shared<server::ChangeFeed>(),
                      .tools = true,
                      .prompts = true,
                      .resources = true,
                      .contents = true};
  features.tools = ContentTools();
  Append(features.tools, StreamTools(features.changes.feed));
  Append(features.tools, SchemaTools());
  Append(features.tools, AskingTools());
  Append(features.tools, InputRequiredTools());
  features.resources = FixtureResources();
  features.prompts = FixturePrompts();
  features.logging = true;
  return features;
}

}  // namespace pmcp::test
