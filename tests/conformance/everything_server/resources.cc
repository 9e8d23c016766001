// The resources and the template of the suite.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::ReadResource;
using server::ResourceContents;
using server::ToolContext;

constexpr std::string_view kTemplateStart = "test://template/";
constexpr std::string_view kTemplateEnd = "/data";

ReadResource One(ResourceContents contents) {
  return {.contents = {std::move(contents)},
          .caching = {.ttl_ms = 60'000, .is_public = false}};
}

ReadResource FromTemplate(const std::string& uri) {
  const std::string id =
      uri.substr(kTemplateStart.size(),
                 uri.size() - kTemplateStart.size() - kTemplateEnd.size());
  const json data = {
      {"id", id}, {"templateTest", true}, {"data", "Data for ID: " + id}};
  return One(
      {.uri = uri, .mime_type = "application/json", .data = data.dump()});
}

Result<ReadResource> Read(const std::string& uri, const ToolContext&) {
  if (uri == "test://static-text") {
    return One({.uri = uri,
                .mime_type = "text/plain",
                .data = "This is the content of the static text resource."});
  }
  if (uri == "test://static-binary") {
    return One({.uri = uri,
                .mime_type = "image/png",
                .data = TinyPng(),
                .is_binary = true});
  }
  if (uri == "test://watched-resource") {
    return One({.uri = uri,
                .mime_type = "text/plain",
                .data = "Watched resource content"});
  }
  if (uri.size() > kTemplateStart.size() + kTemplateEnd.size() &&
      uri.starts_with(kTemplateStart) && uri.ends_with(kTemplateEnd)) {
    return FromTemplate(uri);
  }
  return NotFound("there is no such resource", "Read one that is listed.");
}

}  // namespace

server::Resources FixtureResources() {
  return {.fixed = {{.uri = "test://static-text",
                     .name = "static-text",
                     .description = "Text.",
                     .mime_type = "text/plain"},
                    {.uri = "test://static-binary",
                     .name = "static-binary",
                     .description = "A picture.",
                     .mime_type = "image/png"},
                    {.uri = "test://watched-resource",
                     .name = "watched-resource",
                     .description = "Text that may change.",
                     .mime_type = "text/plain"}},
          .templates = {{.uri_template = "test://template/{id}/data",
                         .name = "template",
                         .description = "Data of an id.",
                         .mime_type = "application/json"}},
          .read = Read};
}

}  // namespace pmcp::test
