// RowGroups: assigns rows to groups by labels. Built for one question; not
// thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "profile/words/labels.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

class RowGroups {
 public:
  /// Both arguments outlive this object.
  RowGroups(const ProfileStore& store,
            const std::vector<std::string>& group_by);

  /// The group of a row, an index into labels(). Adds a new group if needed.
  std::uint32_t Of(const StoredRow& row);

  /// The labels of each group, in the order of the group-by, without labels
  /// that the group's series do not have.
  const std::vector<std::vector<profile::Label>>& labels() const {
    return labels_;
  }

 private:
  static constexpr std::uint32_t kUnknown = 0xFFFF'FFFF;

  std::uint32_t Find(const StoredRow& row);

  const ProfileStore& store_;
  const std::vector<std::string>& group_by_;
  // Whether the group-by has kLabelFile. If not, all rows of a series are in
  // one group.
  const bool by_file_;
  std::vector<std::uint32_t> of_series_;
  std::map<std::vector<std::string_view>, std::uint32_t> by_values_;
  std::vector<std::vector<profile::Label>> labels_;
};

}  // namespace pmcp::store
