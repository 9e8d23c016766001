#include "tools/guide/resource_uri.h"

#include <fmt/core.h>

#include <cstddef>
#include <vector>

namespace pmcp::tools {
namespace {

using Kind = ResourceUri::Kind;

constexpr std::string_view kScheme = "pyroscope://";
/// Longer than any name of a source or service.
constexpr std::size_t kMaxUriBytes = 8192;

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string Encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded.push_back(c);
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> Decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = HexDigit(text[i + 1]);
    const int low = HexDigit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return decoded;
}

/// The decoded parts between slashes; the first is the authority.
std::optional<std::vector<std::string>> Segments(std::string_view text) {
  std::vector<std::string> segments;
  for (;;) {
    const auto slash = text.find('/');
    auto segment = Decode(text.substr(0, slash));
    if (!segment) return std::nullopt;
    segments.push_back(*std::move(segment));
    if (slash == std::string_view::npos) return segments;
    text.remove_prefix(slash + 1);
  }
}

}  // namespace

std::string FormatUri(const ResourceUri& uri) {
  const std::string source = std::string(kScheme) + Encode(uri.source);
  switch (uri.kind) {
    case Kind::kSource:
      return source;
    case Kind::kProfileTypes:
      return source + "/profile-types";
    case Kind::kService:
      return source + "/services/" + Encode(uri.name);
    case Kind::kExport:
      return std::string(kScheme) + "/exports/" + Encode(uri.name);
  }
  return "";
}

std::optional<ResourceUri> ParseUri(std::string_view text) {
  if (text.size() > kMaxUriBytes || !text.starts_with(kScheme)) {
    return std::nullopt;
  }
  const auto segments = Segments(text.substr(kScheme.size()));
  if (!segments) return std::nullopt;
  const auto& parts = *segments;
  if (parts.size() == 3 && parts[0].empty() && parts[1] == "exports" &&
      !parts[2].empty()) {
    return ResourceUri{Kind::kExport, "", parts[2]};
  }
  if (parts[0].empty()) return std::nullopt;
  if (parts.size() == 1) return ResourceUri{Kind::kSource, parts[0], ""};
  if (parts.size() == 2 && parts[1] == "profile-types") {
    return ResourceUri{Kind::kProfileTypes, parts[0], ""};
  }
  if (parts.size() >= 3 && parts[1] == "services" && !parts[2].empty()) {
    // Clients may leave a slash in the name of a service as it is.
    std::string service = parts[2];
    for (std::size_t i = 3; i < parts.size(); ++i) service += "/" + parts[i];
    return ResourceUri{Kind::kService, parts[0], std::move(service)};
  }
  return std::nullopt;
}

}  // namespace pmcp::tools
