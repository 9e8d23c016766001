// Formats the labels of series for tables.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profile/words/labels.h"
#include "tools/answer/document.h"

namespace pmcp::tools {

/// Stands for a label that a series does not have.
inline constexpr std::string_view kNoValue = "(none)";

/// The value of the label `name`, or "". `labels` may be in any order.
std::string ValueOf(std::span<const profile::Label> labels,
                    std::string_view name);

/// `{pod=a, zone=b}`, in the given order.
std::string FormatLabels(std::span<const profile::Label> labels);

/// Upper case of ASCII letters, for titles of columns.
std::string UpperCase(std::string_view name);

/// The names of the labels with the most distinct values in `sets`, most first,
/// ties by name; at most `limit`.
std::vector<std::string> TopCardinalityLabels(
    std::span<const std::span<const profile::Label>> sets, std::size_t limit);

/// "grouped by pod, zone", or "all series together".
std::string DescribeGroups(std::span<const std::string> group_by);

/// The note about a label of group_by that no series has, with what to do.
std::string NoSuchLabel(std::string_view name);

/// Adds a note for each label of `group_by` that none of `rows` has. `rows` is
/// not empty; `value_at(row, i)` is the value of label i, or "".
template <typename Rows, typename ValueAt>
void NoteMissingLabels(std::span<const std::string> group_by, const Rows& rows,
                       ValueAt value_at, Document& doc) {
  for (std::size_t i = 0; i < group_by.size(); ++i) {
    const bool is_missing = std::ranges::all_of(
        rows, [&](const auto& row) { return value_at(row, i).empty(); });
    if (is_missing) doc.Note(NoSuchLabel(group_by[i]));
  }
}

}  // namespace pmcp::tools
