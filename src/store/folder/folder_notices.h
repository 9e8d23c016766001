// The sentences that answers carry about the folder they come from. Pure.
#pragma once

#include <vector>

#include "source/answer.h"
#include "store/folder/folder_scan.h"
#include "store/rows/profile_store.h"

namespace pmcp::store {

/// What there is to say about a folder: files that could not be read and rules
/// that could not be used, with a few of their names ("2 of 40 files could not
/// be read: shop/x.pb.gz: is cut short; …"), files that count twice, and that
/// there is nothing at all.
std::vector<source::Notice> FolderNotices(
    const ProfileStore& store, const std::vector<LeftOut>& left_out,
    const std::vector<LeftOut>& ignored_rules);

}  // namespace pmcp::store
