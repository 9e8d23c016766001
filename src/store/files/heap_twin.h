// HeapTwinOf: Go serves one memory profile under two names, heap and allocs,
// which differ in the default sample type alone. If a folder has both, the
// profile would count twice. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::store {

/// The name that the same profile has as "heap": "api/heap.pprof" of
/// "api/allocs.pprof". Nullopt when the file's name does not have the word
/// "allocs".
std::optional<std::string> HeapTwinOf(std::string_view path);

}  // namespace pmcp::store
