// Tests that every cell of the tables of the Go package
// internal/query/pyroscope of gcx v0.2.16, recorded from real answers, is in
// the output of our tools for the same answers. Writes docs/parity.md from the
// results.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "tests/golden/golden_case.h"
#include "tests/parity/compare.h"
#include "tests/parity/parity_page.h"
#include "tests/support/read_file.h"

namespace pmcp::parity {
namespace {

namespace fs = std::filesystem;

constexpr int kRecorded = 172;

const std::map<std::string, void (*)(const Recorded&, Tally&)> kComparers = {
    {"types", CompareTypes},
    {"labels", CompareLabels},
    {"query", CompareFunctions},
    {"series", CompareSeries},
    {"wide", CompareSeriesWide},
    {"top", CompareTop},
    {"top-json", CompareTopJson},
    {"exemplars", CompareProfileExemplars},
    {"exemplars-nolabels", CompareProfileExemplarsWithoutLabels},
    {"exemplars-json", CompareProfileExemplarsJson},
    {"spans", CompareSpanExemplars},
    {"spans-json", CompareSpanExemplarsJson}};

std::map<std::string, oracle::Question> QuestionsByName() {
  std::map<std::string, oracle::Question> questions;
  for (auto& question : oracle::LoadQuestions()) {
    questions.emplace(question.name, question);
  }
  return questions;
}

class Parity : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto questions = QuestionsByName();
    for (const auto& entry : fs::directory_iterator(fs::path(PMCP_SOURCE_DIR) /
                                                    "tests/parity/data")) {
      // NAME.KIND.txt
      const fs::path stem = entry.path().stem();
      const std::string kind = stem.extension().string().substr(1);
      const std::string name = stem.stem().string();
      tally_.Begin(kind, name);
      kComparers.at(kind)({questions.at(name), test::ReadFile(entry.path())},
                          tally_);
    }
  }

  static Tally tally_;
};
Tally Parity::tally_;

TEST_F(Parity, EveryCellIsFoundOrNamesAFault) {
  int tables = 0;
  int cells = 0;
  int equal = 0;
  std::map<Fault, int> changed;
  for (const auto& [kind, tally] : tally_.kinds()) {
    tables += tally.tables;
    cells += tally.cells();
    equal += tally.equal;
    for (const auto& [fault, count] : tally.changed) changed[fault] += count;
  }
  fmt::print("parity: {} cells compared, {} equal\n", cells, equal);
  for (const auto& [fault, count] : changed) {
    fmt::print("  {} changed: {}\n", count, Describe(fault));
  }
  for (const std::string& wrong : tally_.wrong()) ADD_FAILURE() << wrong;
  EXPECT_EQ(tables, kRecorded);
}

TEST_F(Parity, IsWrittenDown) {
  EXPECT_EQ(test::CompareWithFile(fs::path(PMCP_SOURCE_DIR) / "docs/parity.md",
                                  ParityPage(tally_, oracle::LoadQuestions())),
            "");
}

}  // namespace
}  // namespace pmcp::parity
