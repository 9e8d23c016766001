// Exemplar: one profile or span as an example of a point of a series or a cell
// of a heatmap.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "profile/words/labels.h"

namespace pmcp::profile {

struct Exemplar {
  TimePointMs timestamp;
  /// A UUID; empty for a span.
  std::string profile_id;
  /// 16 and 32 hex digits. Both are empty for a profile; the trace of a span
  /// may be empty too.
  std::string span_id;
  std::string trace_id;
  std::int64_t value = 0;
  /// The labels of the series, including private ones, except those of the
  /// group-by.
  std::vector<Label> labels;
  friend bool operator==(const Exemplar&, const Exemplar&) = default;
};

/// The labels of an exemplar whose value comes from `series`, which is not
/// empty: the labels that all of them share, without the names in `group`. A
/// profile whose samples have labels belongs to several series.
std::vector<Label> ExemplarLabels(std::span<const Labels* const> series,
                                  std::span<const Label> group);

}  // namespace pmcp::profile
