// Labels: the label set of a series, sorted by name, names unique, no value
// empty: to Prometheus and Pyroscope an empty label is one that is not there.
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

/// Labels that Pyroscope itself gives to every series
/// (docs/pyroscope-behavior.md, "Series labels").
inline constexpr std::string_view kLabelServiceName = "service_name";
inline constexpr std::string_view kLabelName = "__name__";
inline constexpr std::string_view kLabelProfileType = "__profile_type__";
inline constexpr std::string_view kLabelType = "__type__";
inline constexpr std::string_view kLabelUnit = "__unit__";
inline constexpr std::string_view kLabelPeriodType = "__period_type__";
inline constexpr std::string_view kLabelPeriodUnit = "__period_unit__";
inline constexpr std::string_view kLabelPrivateServiceName = "__service_name__";
/// Of the embedded store alone: the file that a series came from. It can be
/// matched and grouped by, but is in no list of names, series or exemplars.
inline constexpr std::string_view kLabelFile = "__file__";

/// Names that begin with "__" are for machines: people are not shown them
/// unless they ask.
bool IsPrivateLabel(std::string_view name);

class Labels {
 public:
  Labels() = default;
  /// Of several labels with one name, the last one given counts.
  explicit Labels(std::vector<Label> labels);

  /// "" when there is no such label.
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

/// `{pod="a", zone="b"}` with values quoted as PromQL wants them.
std::string ToString(std::span<const Label> labels);

}  // namespace pmcp::profile
