// UpstreamVersion: the version that a Pyroscope reports, and the features that
// it has.
//
// A server silently ignores request fields that it does not know: an old one
// answers a query for one span with the whole profile. So the client must know
// what a server supports before it sends a request.
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pmcp::pyroscope {

struct VersionNumber {
  int major = 0;
  int minor = 0;
  auto operator<=>(const VersionNumber&) const = default;
};

/// "v2.2.0" or "1.18.0-rc1"; nullopt for builds between releases ("main-1a2b",
/// "weekly-f120-…"), which are newer than the releases that matter.
std::optional<VersionNumber> ParseVersion(std::string_view text);

/// Features by release; the table in upstream_version.cc has the releases.
enum class Feature {
  kCallSites,
  kTreeFormat,
  kPgo,
  kProfileIds,
  kExemplars,
  kHeatmaps,
  kSpanSelector,
  kTraceIds,
  kPprofFormat,
};

/// All features, in the order of the enum.
std::span<const Feature> AllFeatures();

class UpstreamVersion {
 public:
  /// "" if the server does not report its version.
  explicit UpstreamVersion(std::string text = {});

  const std::string& text() const { return text_; }
  bool is_known() const { return !text_.empty(); }
  /// True for every feature if the version is not known.
  bool Has(Feature feature) const;

 private:
  std::string text_;
  std::optional<VersionNumber> number_;
};

/// The feature in words for errors, for example "traces by id".
std::string_view NameOf(Feature feature);
/// The first release that has the feature.
VersionNumber FirstWith(Feature feature);

}  // namespace pmcp::pyroscope
