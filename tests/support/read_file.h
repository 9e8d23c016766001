// ReadFile: a file of the test data, whole.
#pragma once

#include <filesystem>
#include <string>

namespace pmcp::test {

/// Ends the test program when the file cannot be read.
std::string ReadFile(const std::filesystem::path& path);

}  // namespace pmcp::test
