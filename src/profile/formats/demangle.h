// Demangle: the names of C++ and Rust functions as people write them, without
// parameters and type arguments, as `go tool pprof` shows them. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pmcp::profile {

/// Longer names stay as they are, and so do those that become longer.
inline constexpr std::size_t kMaxMangledBytes = 4096;

/// "store::Page::load" of "_ZN5store4Page4loadEv" (Itanium C++ ABI), of Rust's
/// old form with its hash, and of Rust's v0 form ("_R…", RFC 2603). Nullopt
/// when `name` is not mangled, or not well.
std::optional<std::string> Demangle(std::string_view name);

/// A demangled name of C++ without return type, parameters and template
/// arguments: "std::map::find" of
/// "std::map<int, A>::find(int const&) const".
std::string SimplifyCpp(std::string_view name);

}  // namespace pmcp::profile
