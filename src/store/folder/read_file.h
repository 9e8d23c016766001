// ReadFoundFile: the bytes of a file as it was when it was found, all of them
// or none.
#pragma once

#include <cstddef>

#include "base/byte_buffer.h"
#include "base/result.h"
#include "store/folder/folder_scan.h"

namespace pmcp::store {

/// kUnavailable when the file is not (or while it is read, no longer) the one
/// that was found: look at the folder again. That holds for a link put in its
/// place too, so no file outside of the folder is ever read. Messages follow
/// the name of the file.
Result<ByteBuffer> ReadFoundFile(const FoundFile& file, std::size_t max_bytes);

/// The same into `bytes`, in place of what is there.
Result<void> ReadFoundFile(const FoundFile& file, std::size_t max_bytes,
                           ByteBuffer& bytes);

}  // namespace pmcp::store
