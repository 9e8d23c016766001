// Tools that return one kind of content each, and one that fails.
#include <nlohmann/json.hpp>

#include "tests/conformance/everything_server/fixtures.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
using server::AudioContent;
using server::Content;
using server::EmbeddedResource;
using server::ImageContent;
using server::ToolContext;
using server::ToolResult;

/// A tool whose result never changes.
server::Tool Constant(std::string_view name, std::string_view description,
                      ToolResult result) {
  return MakeFixture(
      name, description,
      [result](const json&, const ToolContext&) { return result; });
}

ToolResult Only(Content content) { return {.content = {std::move(content)}}; }

ToolResult Mixed() {
  return {.text = "Multiple content types test:",
          .content = {
              ImageContent{TinyPng(), "image/png"},
              EmbeddedResource{{.uri = "test://mixed-content-resource",
                                .mime_type = "application/json",
                                .data = R"({"test":"data","value":123})"}}}};
}

}  // namespace

std::vector<server::Tool> ContentTools() {
  return {
      Constant("test_simple_text", "Gives simple text.",
               TextResult("This is a simple text response for testing.")),
      Constant("test_image_content", "Gives an image.",
               Only(ImageContent{TinyPng(), "image/png"})),
      Constant("test_audio_content", "Gives a sound.",
               Only(AudioContent{TinyWav(), "audio/wav"})),
      Constant("test_embedded_resource", "Gives a resource.",
               Only(EmbeddedResource{
                   {.uri = "test://embedded-resource",
                    .mime_type = "text/plain",
                    .data = "This is an embedded resource content."}})),
      Constant("test_multiple_content_types", "Gives text, image and resource.",
               Mixed()),
      Constant(
          "test_error_handling", "Fails.",
          server::ErrorResult(
              {ErrorKind::kInternal,
               "This tool intentionally returns an error for testing", ""})),
  };
}

}  // namespace pmcp::test
