#include "app/call_arguments.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "app/profile_paths.h"
#include "base/text.h"

namespace pmcp::app {
namespace {

using nlohmann::json;

Result<json> ParseObject(const std::string& text) {
  json parsed = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_object()) return parsed;
  return InvalidArgument(
      fmt::format("the arguments are not a JSON object: {}", Shorten(text, 60)),
      "Give key=value words, or an object such as '{\"service\":\"shop\"}'.");
}

/// A JSON list, or else text.
json ParseValue(const std::string& text) {
  if (text.starts_with('[')) {
    json list = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (list.is_array()) return list;
  }
  return text;
}

void AddValue(const std::string& key, const std::string& value, json& object) {
  if (!object.contains(key)) {
    object[key] = ParseValue(value);
    return;
  }
  json& present = object[key];
  if (!present.is_array()) present = json::array({present});
  present.push_back(value);
}

Error RefuseWord(const std::string& word) {
  if (IsUrl(word)) {
    return InvalidArgument(
        fmt::format("\"{}\" is a URL, not an argument", word),
        std::string(kUrlHint));
  }
  return InvalidArgument(
      fmt::format("\"{}\" is neither key=value nor an existing file or folder",
                  word),
      "Write for example service=shop, or the path of a profile such as "
      "cpu.prof.");
}

}  // namespace

Result<json> ParseCallArguments(std::span<const std::string> words) {
  if (words.size() == 1 && words[0].starts_with("{")) {
    return ParseObject(words[0]);
  }
  json object = json::object();
  for (const auto& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      return RefuseWord(word);
    }
    AddValue(word.substr(0, equals), word.substr(equals + 1), object);
  }
  return object;
}

}  // namespace pmcp::app
