#include "store/rows/row_groups.h"

#include <algorithm>
#include <utility>

namespace pmcp::store {

RowGroups::RowGroups(const ProfileStore& store,
                     const std::vector<std::string>& group_by)
    : store_(store),
      group_by_(group_by),
      by_file_(std::ranges::any_of(
          group_by, [&](const auto& name) { return store.IsFileLabel(name); })),
      of_series_(store.series_count(), kUnknown) {}

std::uint32_t RowGroups::Of(const StoredRow& row) {
  if (by_file_) return Find(row);
  std::uint32_t& known = of_series_[row.series];
  if (known == kUnknown) known = Find(row);
  return known;
}

std::uint32_t RowGroups::Find(const StoredRow& row) {
  std::vector<std::string_view> values;
  for (const std::string& name : group_by_) {
    values.push_back(store_.LabelOf(row, name));
  }
  const auto next = static_cast<std::uint32_t>(labels_.size());
  const auto [place, is_new] = by_values_.try_emplace(std::move(values), next);
  if (is_new) {
    auto& labels = labels_.emplace_back();
    for (std::size_t i = 0; i < group_by_.size(); ++i) {
      const std::string_view value = place->first[i];
      if (!value.empty()) labels.push_back({group_by_[i], std::string(value)});
    }
  }
  return place->second;
}

}  // namespace pmcp::store
