#include "tests/golden/golden_case.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/check.h"

namespace pmcp::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCallEnding = ".call.json";

fs::path GoldenFolder() { return fs::path(PMCP_SOURCE_DIR) / "tests/golden"; }

std::string ReadFile(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

GoldenCase LoadCase(const fs::path& file) {
  const auto json = nlohmann::json::parse(ReadFile(file));
  const std::string file_name = file.filename().string();
  return {.tool = file.parent_path().filename().string(),
          .name = file_name.substr(0, file_name.size() - kCallEnding.size()),
          .covers = json.at("covers"),
          .profiles = json.at("profiles"),
          .arguments = json.at("arguments")};
}

}  // namespace

fs::path GoldenCase::ExpectedFile(std::string_view ending) const {
  return GoldenFolder() / tool / (name + "." + std::string(ending));
}

void PrintTo(const GoldenCase& golden, std::ostream* out) {
  *out << golden.tool << "/" << golden.name;
}

std::vector<GoldenCase> LoadGoldenCases() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(GoldenFolder())) {
    if (entry.path().string().ends_with(kCallEnding)) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<GoldenCase> cases;
  for (const auto& file : files) cases.push_back(LoadCase(file));
  return cases;
}

std::string CompareWithFile(const fs::path& file, const std::string& actual) {
  if (std::getenv("UPDATE_GOLDENS") != nullptr) {
    if (std::getenv("CI") != nullptr) return "goldens are not updated in CI";
    std::ofstream(file, std::ios::binary) << actual;
    return "";
  }
  if (!fs::exists(file)) {
    return file.string() + " is missing; script/update-goldens writes it";
  }
  const std::string expected = ReadFile(file);
  if (expected == actual) return "";
  return file.string() + " says:\n" + expected + "the answer is:\n" + actual;
}

}  // namespace pmcp::test
