// StampOf: the part of a file's status that the store compares.
#pragma once

#include <sys/stat.h>

#include "store/folder/folder_scan.h"

namespace pmcp::store {

FileStamp StampOf(const struct stat& status);

/// The text of an errno, such as "Permission denied".
std::string SystemMessage(int error_number);

}  // namespace pmcp::store
