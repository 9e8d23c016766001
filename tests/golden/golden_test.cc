// Goldens: the complete answers of calls, in both formats.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "app/compose.h"
#include "app/product.h"
#include "server/core/server.h"
#include "tests/golden/golden_case.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"
#include "tools/tools.h"

namespace pmcp {
namespace {

namespace fs = std::filesystem;
using test::CompareWithFile;
using test::GoldenCase;

/// The program as app/ composes it, with a fixed clock.
class Program {
 public:
  explicit Program(const std::string& profiles)
      : sources_(
            app::MakeSources({.profiles_dir = profiles,
                              .store_memory_bytes = std::size_t{256} << 20},
                             clock_)),
        server_(app::Product(),
                tools::AllTools({sources_, clock_, exports_.path().string()})) {
  }

  server::ToolResult Call(const std::string& tool,
                          const nlohmann::json& arguments) const {
    server::ToolResult result = server_.Call(tool, arguments, CallContext());
    NameExports(result.text);
    NameExports(result.structured);
    return result;
  }

 private:
  /// The name of the folder differs in every run.
  void NameExports(std::string& text) const {
    const std::string folder = exports_.path().string();
    for (std::size_t at = text.find(folder); at != std::string::npos;
         at = text.find(folder)) {
      text.replace(at, folder.size(), "EXPORTS");
    }
  }

  const test::TempFolder exports_;
  test::FakeClock clock_{test::At("2026-11-24T12:00:00Z")};
  source::Sources sources_;
  server::Server server_;
};

class Golden : public testing::TestWithParam<GoldenCase> {};

TEST_P(Golden, AnswersAsRecorded) {
  const GoldenCase& golden = GetParam();
  // Answers may contain the folder: use a relative path, so that goldens do not
  // depend on the machine.
  fs::current_path(PMCP_SOURCE_DIR);
  const auto table =
      Program(golden.profiles).Call(golden.tool, golden.arguments);
  if (table.error) {
    EXPECT_EQ(CompareWithFile(golden.ExpectedFile("error.txt"), table.text),
              "");
    return;
  }
  EXPECT_EQ(CompareWithFile(golden.ExpectedFile("result.txt"), table.text), "");
  EXPECT_TRUE(table.structured.empty());

  nlohmann::json arguments = golden.arguments;
  arguments["format"] = "json";
  const auto json = Program(golden.profiles).Call(golden.tool, arguments);
  ASSERT_FALSE(json.error.has_value()) << json.text;
  EXPECT_EQ(json.text, json.structured);
  EXPECT_EQ(CompareWithFile(golden.ExpectedFile("result.json"),
                            nlohmann::json::parse(json.text).dump(2) + "\n"),
            "");
}

TEST_P(Golden, CoversWhatItSays) {
  const GoldenCase& golden = GetParam();
  const bool expects_error =
      golden.covers == "bad_argument" || golden.covers == "source_error";
  EXPECT_EQ(fs::exists(golden.ExpectedFile("error.txt")), expects_error);
  EXPECT_EQ(fs::exists(golden.ExpectedFile("result.txt")), !expects_error);
  EXPECT_EQ(fs::exists(golden.ExpectedFile("result.json")), !expects_error);
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden,
                         testing::ValuesIn(test::LoadGoldenCases()),
                         [](const auto& one) {
                           return one.param.tool + "__" + one.param.name;
                         });

TEST(GoldenCoverage, EveryToolHasEveryKindOfCase) {
  std::map<std::string, std::set<std::string>> covered;
  for (const auto& golden : test::LoadGoldenCases()) {
    covered[golden.tool].insert(golden.covers);
  }
  const source::Sources none;
  const test::FakeClock clock(test::At("2026-11-24T12:00:00Z"));
  for (const auto& tool : tools::AllTools({none, clock})) {
    const std::string name = nlohmann::json::parse(tool.declaration).at("name");
    for (const char* kind :
         {"ok", "empty", "truncated", "bad_argument", "source_error"}) {
      EXPECT_TRUE(covered[name].contains(kind))
          << "tool " << name << " has no case that covers " << kind;
    }
  }
}

}  // namespace
}  // namespace pmcp
