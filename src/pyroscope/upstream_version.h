// UpstreamVersion: what a Pyroscope says of itself, and what it can do for it.
//
// A server ignores what it does not know, without a word: an old one answers
// the whole profile to a question about one span. So what it cannot do must be
// known before it is asked.
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

/// What came with a release; the table in the .cc says with which.
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

/// All, in the order of the enum.
std::span<const Feature> AllFeatures();

class UpstreamVersion {
 public:
  /// "" when the server does not tell.
  explicit UpstreamVersion(std::string text = {});

  const std::string& text() const { return text_; }
  bool is_known() const { return !text_.empty(); }
  /// Of a version that is not known, all is hoped for.
  bool Has(Feature feature) const;

 private:
  std::string text_;
  std::optional<VersionNumber> number_;
};

/// "spans by id", and the first release that has them: "2.2".
std::string_view NameOf(Feature feature);
VersionNumber FirstWith(Feature feature);

}  // namespace pmcp::pyroscope
