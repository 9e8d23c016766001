#include "server/words/content_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace pmcp::server {
namespace {

TEST(ContentJson, WritesEveryKind) {
  const struct {
    Content content;
    const char* json;
  } rows[] = {
      {TextContent{"hi"}, R"({"type":"text","text":"hi"})"},
      {ImageContent{"abc", "image/png"},
       R"({"type":"image","data":"YWJj","mimeType":"image/png"})"},
      {AudioContent{"abc", "audio/wav"},
       R"({"type":"audio","data":"YWJj","mimeType":"audio/wav"})"},
      {EmbeddedResource{{.uri = "a:b", .data = "hi"}},
       R"({"type":"resource","resource":{"uri":"a:b","text":"hi"}})"},
      {EmbeddedResource{{.uri = "a:b",
                         .mime_type = "x/y",
                         .data = "abc",
                         .is_binary = true,
                         .meta = R"({"k":1})"}},
       R"({"type":"resource","resource":{"uri":"a:b","mimeType":"x/y",)"
       R"("blob":"YWJj","_meta":{"k":1}}})"},
      {ResourceLink{{.uri = "a:b", .name = "b", .size = 3}},
       R"({"type":"resource_link","uri":"a:b","name":"b","size":3})"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ToJson(row.content).dump(), row.json);
  }
}

}  // namespace
}  // namespace pmcp::server
