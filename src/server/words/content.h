// Content: the parts of a result: text, images, audio and resources. Holds raw
// bytes; content_json.h encodes them.
#pragma once

#include <optional>
#include <string>
#include <variant>

namespace pmcp::server {

struct TextContent {
  std::string text;
};

struct ImageContent {
  std::string bytes;
  std::string mime_type;  // "image/png"
};

struct AudioContent {
  std::string bytes;
  std::string mime_type;  // "audio/wav"
};

/// The contents of a resource: text, or bytes if `is_binary`.
struct ResourceContents {
  std::string uri;
  std::string mime_type;
  std::string data;
  bool is_binary = false;
  std::string meta;  // a JSON object as text, sent as _meta; "" for none
};

/// The entry of a resource in a list.
struct Resource {
  std::string uri;
  std::string name;
  std::string title;
  std::string description;
  std::string mime_type;
  std::optional<long long> size;  // in bytes
};

struct EmbeddedResource {
  ResourceContents contents;
};

struct ResourceLink {
  Resource resource;
};

/// How long clients may cache a list or a resource, and whether users may share
/// the cached copy.
struct Caching {
  long long ttl_ms = 0;
  bool is_public = false;
};

using Content = std::variant<TextContent, ImageContent, AudioContent,
                             EmbeddedResource, ResourceLink>;

}  // namespace pmcp::server
