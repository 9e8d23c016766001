// SeriesKey: identifies a series in the index: its profile type and its labels,
// including the labels of the type. Immutable.
#pragma once

#include "profile/words/labels.h"
#include "profile/words/profile_type.h"

namespace pmcp::store {

struct SeriesKey {
  profile::Labels labels;
  profile::ProfileType type;

  auto operator<=>(const SeriesKey&) const = default;
};

/// The key of `labels`, which include `__name__`, and of the labels that
/// Pyroscope adds for one sample type (docs/pyroscope-behavior.md, "Series
/// labels").
SeriesKey MakeSeriesKey(profile::Labels labels, profile::ProfileType type);

}  // namespace pmcp::store
