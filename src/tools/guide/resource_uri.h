// ResourceUri: the URIs of the product's resources.
//
//   pyroscope://SOURCE                     overview of a source
//   pyroscope://SOURCE/profile-types       its profile types
//   pyroscope://SOURCE/services/SERVICE    profile types and labels of a
//   service pyroscope:///exports/FILE              a file written by
//   export_pprof
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::tools {

struct ResourceUri {
  enum class Kind { kSource, kProfileTypes, kService, kExport };
  Kind kind = Kind::kSource;
  std::string source;  // "" for an export
  std::string name;    // the service or the file

  friend bool operator==(const ResourceUri&, const ResourceUri&) = default;
};

/// Names may contain any bytes: all characters that are not unreserved (RFC
/// 3986), also slashes, are percent-encoded.
std::string FormatUri(const ResourceUri& uri);

/// nullopt for any other URI and for invalid percent-encoding.
std::optional<ResourceUri> ParseUri(std::string_view text);

/// URI templates (RFC 6570) of the resources with a variable.
inline constexpr std::string_view kServiceUriTemplate =
    "pyroscope://{source}/services/{service}";
inline constexpr std::string_view kProfileTypesUriTemplate =
    "pyroscope://{source}/profile-types";
inline constexpr std::string_view kExportUriTemplate =
    "pyroscope:///exports/{file}";

}  // namespace pmcp::tools
