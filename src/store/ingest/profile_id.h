// ProfileId: a name for a profile that came without one, in the shape of the
// UUIDs that Pyroscope gives out.
#pragma once

#include <string>
#include <string_view>

namespace pmcp::store {

/// From the path and the bytes of a file alone, so that the same file has the
/// same id on every start. Lower case; version 8 ("custom") of RFC 9562.
std::string ProfileId(std::string_view path, std::string_view bytes);

}  // namespace pmcp::store
