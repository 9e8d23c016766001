// RowGroups: which rows belong together when they are grouped by labels. Built
// for one question; not thread-safe.
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
  /// Both outlive it.
  RowGroups(const ProfileStore& store,
            const std::vector<std::string>& group_by);

  /// A number below labels().size(); new groups are made as they are met.
  std::uint32_t Of(const StoredRow& row);

  /// Of each group, in the order of the group-by; a label that its series do
  /// not have is left out.
  const std::vector<std::vector<profile::Label>>& labels() const {
    return labels_;
  }

 private:
  static constexpr std::uint32_t kUnknown = 0xFFFF'FFFF;

  std::uint32_t Find(const StoredRow& row);

  const ProfileStore& store_;
  const std::vector<std::string>& group_by_;
  // Without kLabelFile in the group-by all rows of a series are of one group.
  const bool by_file_;
  std::vector<std::uint32_t> of_series_;
  std::map<std::vector<std::string_view>, std::uint32_t> by_values_;
  std::vector<std::vector<profile::Label>> labels_;
};

}  // namespace pmcp::store
