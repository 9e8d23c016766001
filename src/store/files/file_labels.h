// FileLabels: the sample labels of a file in the form that questions need.
// Numeric labels become text, Datadog's span labels get the usual names, and
// what would make too many series is left out with a remark. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Different label names in one file. Real profiles have up to about 40.
inline constexpr std::size_t kMaxFileLabelNames = 64;
/// Different values of one numeric label. A label with more of them is a
/// measurement, such as a size, and no name of a group.
inline constexpr std::size_t kMaxNumericLabelValues = 1000;

/// Rewrites the labels of all samples, sorted by name:
///   - a numeric label becomes text, with its unit: 42, "4096 bytes". The size
///     of an allocated block ("bytes", written by Go for every sample of a heap
///     profile) is left out.
///   - a space in a name becomes "_", since selectors have no such names.
///   - Datadog's "span id" (decimal) becomes span_id (16 hex digits); without
///     it "local root span id" does.
///   - labels without a name are left out.
/// Appends one remark for each kind of label that is left out. Remarks follow
/// the name of the file.
void TidyFileLabels(profile::Profile& profile,
                    std::vector<std::string>& remarks);

}  // namespace pmcp::store
