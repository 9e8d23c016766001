// Names of Rust functions in the v0 form (RFC 2603). Part of Demangle.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmcp::profile {

/// The path of a symbol that begins with "_R", without generic arguments and
/// hashes: "core::fmt::Formatter::pad". Nullopt when it is not well-formed.
/// Time and length are bounded: back references nest, and may repeat.
std::optional<std::string> DemangleRust(std::string_view symbol);

}  // namespace pmcp::profile
