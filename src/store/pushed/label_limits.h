// CheckLabels: refuses the labels of a series that Pyroscope refuses
// (docs/pyroscope-behavior.md, "Label limits").
#pragma once

#include <cstddef>

#include "base/result.h"
#include "profile/words/labels.h"

namespace pmcp::store {

inline constexpr std::size_t kMaxLabels = 30;
inline constexpr std::size_t kMaxLabelNameBytes = 1024;
inline constexpr std::size_t kMaxLabelValueBytes = 2048;

/// `labels` are those before the labels of the profile type are added. The
/// messages of errors follow the name of a file ("has 31 labels …").
Result<void> CheckLabels(const profile::Labels& labels);

}  // namespace pmcp::store
