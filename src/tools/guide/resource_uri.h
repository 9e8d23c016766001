// ResourceUri: the addresses of the product's resources.
//
//   pyroscope://SOURCE                     what a source holds
//   pyroscope://SOURCE/profile-types       its kinds of profiles
//   pyroscope://SOURCE/services/SERVICE    what one service has
//   pyroscope:///exports/FILE              a file that export_pprof wrote
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::tools {

struct ResourceUri {
  enum class Kind { kSource, kProfileTypes, kService, kExport };
  Kind kind = Kind::kSource;
  std::string source;  // "" of an export
  std::string name;    // the service or the file

  friend bool operator==(const ResourceUri&, const ResourceUri&) = default;
};

/// Names may hold any bytes: what is not unreserved (RFC 3986) is percent-
/// encoded, a slash included.
std::string FormatUri(const ResourceUri& uri);

/// nullopt for all else, a broken percent-encoding included.
std::optional<ResourceUri> ParseUri(std::string_view text);

/// The patterns (RFC 6570) of what has a name in its address.
inline constexpr std::string_view kServiceUriTemplate =
    "pyroscope://{source}/services/{service}";
inline constexpr std::string_view kProfileTypesUriTemplate =
    "pyroscope://{source}/profile-types";
inline constexpr std::string_view kExportUriTemplate =
    "pyroscope:///exports/{file}";

}  // namespace pmcp::tools
