// StampOf: the system's state of a file as the store compares it.
#pragma once

#include <sys/stat.h>

#include "store/folder/folder_scan.h"

namespace pmcp::store {

FileStamp StampOf(const struct stat& status);

/// "Permission denied", for the errno of a failed call.
std::string SystemMessage(int error_number);

}  // namespace pmcp::store
