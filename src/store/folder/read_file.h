// ReadFoundFile: reads all bytes of a file, if it is unchanged since the scan
// that found it.
#pragma once

#include <cstddef>

#include "base/byte_buffer.h"
#include "base/result.h"
#include "store/folder/folder_scan.h"

namespace pmcp::store {

/// kUnavailable if the file is not the one that was found, or changes while it
/// is read; the caller then scans again. This includes a link that replaces the
/// file, so no file outside of the folder is read. The messages of errors
/// follow the name of the file.
Result<ByteBuffer> ReadFoundFile(const FoundFile& file, std::size_t max_bytes);

/// Replaces the content of `bytes`.
Result<void> ReadFoundFile(const FoundFile& file, std::size_t max_bytes,
                           ByteBuffer& bytes);

/// The first bytes of the file, at most `max_bytes`. The same errors.
Result<void> ReadFoundPrefix(const FoundFile& file, std::size_t max_bytes,
                             ByteBuffer& bytes);

}  // namespace pmcp::store
