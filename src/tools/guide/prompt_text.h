// The text of a prompt with its arguments filled in. Texts are the files
// prompts/*.md; what their authors may write is said here.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pmcp::tools {

/// Puts the value of each argument in the place of {{its name}}. A line that
/// names an argument which is not there is left out, and so is a line that
/// announces a list (it ends with ":") of which no item ("- …") is left.
std::string FillIn(
    std::string_view text,
    const std::map<std::string, std::string, std::less<>>& values);

}  // namespace pmcp::tools
