// Exemplar: one profile, or one span, that stands for a point or a cell.
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
  /// 16 and 32 hex digits; empty for a profile, and a trace may be unknown.
  std::string span_id;
  std::string trace_id;
  std::int64_t value = 0;
  /// Those of the series but the ones grouped by; private ones included.
  std::vector<Label> labels;
  friend bool operator==(const Exemplar&, const Exemplar&) = default;
};

/// The labels of an exemplar whose value came from these series (one at least):
/// what all of them have alike, without the names in `group`. One profile is
/// several series when its samples have labels.
std::vector<Label> ExemplarLabels(std::span<const Labels* const> series,
                                  std::span<const Label> group);

}  // namespace pmcp::profile
