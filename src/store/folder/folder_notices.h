// FolderNotices: the notices about a folder that its answers have. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "source/answer.h"
#include "store/folder/folder_scan.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// What an index knows of a folder beside its profiles.
struct FolderFacts {
  std::vector<LeftOut> left_out;       // files that could not be read
  std::vector<LeftOut> ignored_rules;  // labels.json files
  /// What was left out of a file or computed ("counts samples; …").
  std::vector<LeftOut> remarks;
  /// Profiles in other formats, with what they are ("a V8 CPU profile").
  std::vector<LeftOut> other_profiles;
  /// Files beyond the limit of those that are looked into.
  std::size_t not_looked_at = 0;
};

/// For example "2 of 40 files could not be read: shop/x.pb.gz: is cut short;
/// …". Counts all, and names the first of them. Says, too, which files count
/// twice, and that there is nothing at all.
std::vector<source::Notice> FolderNotices(const ProfileStore& store,
                                          const FolderFacts& facts);

}  // namespace pmcp::store
