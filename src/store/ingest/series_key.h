// SeriesKey: what names a series in the index: its labels, those of its profile
// type among them, and that type. Immutable once built.
#pragma once

#include "profile/words/labels.h"
#include "profile/words/profile_type.h"

namespace pmcp::store {

struct SeriesKey {
  profile::Labels labels;
  profile::ProfileType type;

  auto operator<=>(const SeriesKey&) const = default;
};

/// `labels` (of a profile, its `__name__` among them) with those that
/// Pyroscope adds for one sample type (docs/pyroscope-behavior.md, "Series
/// labels").
SeriesKey MakeSeriesKey(profile::Labels labels, profile::ProfileType type);

}  // namespace pmcp::store
