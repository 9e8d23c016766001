// Labels: the label set of a series, sorted by name, with unique names and
// without empty values: Prometheus and Pyroscope treat an empty label as
// absent.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp::profile {

struct Label {
  std::string name;
  std::string value;
  auto operator<=>(const Label&) const = default;
};

/// Labels that Pyroscope adds to every series (docs/pyroscope-behavior.md,
/// "Series labels").
inline constexpr std::string_view kLabelServiceName = "service_name";
inline constexpr std::string_view kLabelName = "__name__";
inline constexpr std::string_view kLabelProfileType = "__profile_type__";
inline constexpr std::string_view kLabelType = "__type__";
inline constexpr std::string_view kLabelUnit = "__unit__";
inline constexpr std::string_view kLabelPeriodType = "__period_type__";
inline constexpr std::string_view kLabelPeriodUnit = "__period_unit__";
inline constexpr std::string_view kLabelPrivateServiceName = "__service_name__";
/// Set by the embedded store only: the file that a series comes from. Selectors
/// and groupings may use it; lists of names, series and exemplars omit it.
inline constexpr std::string_view kLabelFile = "__file__";
/// The same under a name that people would try. For files alone, and only as
/// long as no profile has such a label of its own.
inline constexpr std::string_view kLabelFilePublic = "file";

/// Whether the name begins with "__". Such labels are for machines and are
/// shown to people on request only.
bool IsPrivateLabel(std::string_view name);

class Labels {
 public:
  Labels() = default;
  /// If several labels have the same name, the last one counts.
  explicit Labels(std::vector<Label> labels);

  /// "" if there is no such label.
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  /// Adds or replaces; "" removes.
  void Set(std::string_view name, std::string_view value);

  std::span<const Label> all() const { return labels_; }
  bool empty() const { return labels_.empty(); }
  std::size_t size() const { return labels_.size(); }

  auto operator<=>(const Labels&) const = default;

 private:
  std::vector<Label> labels_;
};

/// `{pod="a", zone="b"}`, with values quoted as in PromQL.
std::string ToString(std::span<const Label> labels);

}  // namespace pmcp::profile
