// GoldenCase: one call of a tool, and the files with its expected answer.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace pmcp::test {

/// From TOOL/NAME.call.json:
///   covers     ok, empty, truncated, bad_argument or source_error
///   profiles   a folder below the project; "" for a server without a source
///   arguments  of the call, without `format`: both formats are tested
struct GoldenCase {
  std::string tool;
  std::string name;
  std::string covers;
  std::string profiles;
  nlohmann::json arguments;

  /// TOOL/NAME.result.txt, .result.json or .error.txt.
  std::filesystem::path ExpectedFile(std::string_view ending) const;
};

/// The name of the case in a failing test.
void PrintTo(const GoldenCase& golden, std::ostream* out);

/// All cases, sorted by tool and name. Exits if one cannot be read.
std::vector<GoldenCase> LoadGoldenCases();

/// Compares with the file, or rewrites it if UPDATE_GOLDENS is set (not in CI).
/// The message is "" on success.
std::string CompareWithFile(const std::filesystem::path& file,
                            const std::string& actual);

}  // namespace pmcp::test
