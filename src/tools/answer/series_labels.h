// How the labels of series are shown in tables.
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

/// Shown for a label that a series does not have.
inline constexpr std::string_view kNoValue = "(none)";

/// The value of a label in a list in any order, "" when it is not there.
std::string ValueOf(std::span<const profile::Label> labels,
                    std::string_view name);

/// `{pod=a, zone=b}` in the given order.
std::string FormatLabels(std::span<const profile::Label> labels);

/// "POD" for the head of a column; ASCII only.
std::string UpperCase(std::string_view name);

/// The names of labels that tell most sets apart: those with the most different
/// values first, ties by name; at most `limit`.
std::vector<std::string> TopCardinalityLabels(
    std::span<const std::span<const profile::Label>> sets, std::size_t limit);

/// "grouped by pod, zone", or "all series together".
std::string DescribeGroups(std::span<const std::string> group_by);

/// For a label of group_by that no series has, which is a misunderstanding and
/// no fact of the data: what to do instead.
std::string NoSuchLabel(std::string_view name);

/// A note on each label of `group_by` that none of `rows` has; there are some.
/// `value_at(row, i)` is the value of the label i, "" without it.
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
