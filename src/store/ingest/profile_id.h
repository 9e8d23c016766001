// ProfileId: an id for the profile of a file, in the form of the UUIDs that
// Pyroscope assigns.
#pragma once

#include <string>
#include <string_view>

namespace pmcp::store {

/// Depends on the path and the bytes of a file only, so the same file has the
/// same id on every start. A UUID of version 8 ("custom") of RFC 9562, in lower
/// case.
std::string ProfileId(std::string_view path, std::string_view bytes);

}  // namespace pmcp::store
