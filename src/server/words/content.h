// Content: what results are made of beside plain text. Bytes are given as they
// are; the protocol encodes them.
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

/// What reading a resource gives: text, or bytes when `is_binary`.
struct ResourceContents {
  std::string uri;
  std::string mime_type;
  std::string data;
  bool is_binary = false;
  std::string meta;  // a JSON object as text, sent as _meta; "" for none
};

/// What a list says of a resource.
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

/// How long clients may keep a list or a resource, and whether it may be
/// shared between users.
struct Caching {
  long long ttl_ms = 0;
  bool is_public = false;
};

using Content = std::variant<TextContent, ImageContent, AudioContent,
                             EmbeddedResource, ResourceLink>;

}  // namespace pmcp::server
