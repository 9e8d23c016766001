// Fills the arguments of a prompt into its text, a file prompts/*.md. FillIn
// documents the syntax of these files.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pmcp::tools {

/// Replaces {{name}} by the value of the argument. Drops a line that names a
/// missing argument, and a line that introduces a list (ends with ":") if all
/// its items ("- …") are dropped.
std::string FillIn(
    std::string_view text,
    const std::map<std::string, std::string, std::less<>>& values);

}  // namespace pmcp::tools
