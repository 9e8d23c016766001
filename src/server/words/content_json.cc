#include "server/words/content_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "base/base64.h"

namespace pmcp::server {
namespace {

using Json = nlohmann::ordered_json;

/// Adds a member unless `value` is empty.
void Add(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

Json ToJsonOf(const TextContent& content) {
  return {{"type", "text"}, {"text", content.text}};
}

Json ToJsonOf(const ImageContent& content) {
  return {{"type", "image"},
          {"data", ToBase64(content.bytes)},
          {"mimeType", content.mime_type}};
}

Json ToJsonOf(const AudioContent& content) {
  return {{"type", "audio"},
          {"data", ToBase64(content.bytes)},
          {"mimeType", content.mime_type}};
}

Json ToJsonOf(const EmbeddedResource& content) {
  return {{"type", "resource"}, {"resource", ToJson(content.contents)}};
}

Json ToJsonOf(const ResourceLink& content) {
  Json object = {{"type", "resource_link"}};
  object.update(ToJson(content.resource));
  return object;
}

}  // namespace

Json ToJson(const Content& content) {
  return std::visit([](const auto& kind) { return ToJsonOf(kind); }, content);
}

Json ToJson(const ResourceContents& contents) {
  Json object = {{"uri", contents.uri}};
  Add(object, "mimeType", contents.mime_type);
  if (contents.is_binary) {
    object["blob"] = ToBase64(contents.data);
  } else {
    object["text"] = contents.data;
  }
  if (!contents.meta.empty()) object["_meta"] = Json::parse(contents.meta);
  return object;
}

Json ToJson(const Resource& resource) {
  Json object = {{"uri", resource.uri}, {"name", resource.name}};
  Add(object, "title", resource.title);
  Add(object, "description", resource.description);
  Add(object, "mimeType", resource.mime_type);
  if (resource.size) object["size"] = *resource.size;
  return object;
}

}  // namespace pmcp::server
