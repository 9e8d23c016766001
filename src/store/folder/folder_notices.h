// FolderNotices: the notices about a folder that its answers have. Pure.
#pragma once

#include <vector>

#include "source/answer.h"
#include "store/folder/folder_scan.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// Reports files that could not be read and rules that could not be used, with
/// a few of their names ("2 of 40 files could not be read: shop/x.pb.gz: is cut
/// short; …"), files that count twice, and a folder without profiles.
std::vector<source::Notice> FolderNotices(
    const ProfileStore& store, const std::vector<LeftOut>& left_out,
    const std::vector<LeftOut>& ignored_rules);

}  // namespace pmcp::store
