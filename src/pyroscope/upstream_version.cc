#include "pyroscope/upstream_version.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/check.h"

namespace pmcp::pyroscope {
namespace {

struct FeatureRow {
  Feature feature;
  VersionNumber since;
  std::string_view name;
};
// See docs/pyroscope-behavior.md, "Versions".
constexpr std::array kRows = {
    FeatureRow{Feature::kCallSites, {1, 4}, "call sites in pprof form"},
    FeatureRow{Feature::kTreeFormat, {1, 7}, "trees"},
    FeatureRow{Feature::kPgo, {1, 7}, "profiles for PGO"},
    FeatureRow{Feature::kProfileIds, {1, 17}, "profiles by id"},
    FeatureRow{Feature::kExemplars, {1, 17}, "exemplars of profiles"},
    FeatureRow{Feature::kHeatmaps, {1, 19}, "heatmaps"},
    FeatureRow{Feature::kSpanSelector, {2, 2}, "spans in pprof form"},
    FeatureRow{Feature::kTraceIds, {2, 2}, "traces by id"},
    FeatureRow{Feature::kPprofFormat, {2, 2}, "stacks in pprof form"},
};

constexpr std::array kFeatures = [] {
  std::array<Feature, kRows.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = kRows[i].feature;
  return all;
}();

const FeatureRow& RowOf(Feature feature) {
  const auto index = static_cast<std::size_t>(feature);
  PMCP_CHECK(index < kRows.size() && kRows[index].feature == feature);
  return kRows[index];
}

std::optional<int> TakeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::optional<VersionNumber> ParseVersion(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const auto major = TakeNumber(text);
  if (!major || !text.starts_with('.')) return std::nullopt;
  text.remove_prefix(1);
  const auto minor = TakeNumber(text);
  if (!minor) return std::nullopt;
  return VersionNumber{*major, *minor};
}

UpstreamVersion::UpstreamVersion(std::string text)
    : text_(std::move(text)), number_(ParseVersion(text_)) {}

bool UpstreamVersion::Has(Feature feature) const {
  return !number_ || *number_ >= RowOf(feature).since;
}

std::span<const Feature> AllFeatures() { return kFeatures; }

std::string_view NameOf(Feature feature) { return RowOf(feature).name; }

VersionNumber FirstWith(Feature feature) { return RowOf(feature).since; }

}  // namespace pmcp::pyroscope
