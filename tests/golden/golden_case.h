// GoldenCase: one call of a tool, and the files that say what it answers.
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
///   arguments  of the call, without `format`: it is asked for both
struct GoldenCase {
  std::string tool;
  std::string name;
  std::string covers;
  std::string profiles;
  nlohmann::json arguments;

  /// TOOL/NAME.result.txt, .result.json or .error.txt.
  std::filesystem::path ExpectedFile(std::string_view ending) const;
};

/// How a failing test names its case.
void PrintTo(const GoldenCase& golden, std::ostream* out);

/// All cases, by tool and name. Ends the program when one cannot be read.
std::vector<GoldenCase> LoadGoldenCases();

/// Equal to the file, or rewrites it when UPDATE_GOLDENS is set (never in CI).
/// The message is "" on success.
std::string CompareWithFile(const std::filesystem::path& file,
                            const std::string& actual);

}  // namespace pmcp::test
