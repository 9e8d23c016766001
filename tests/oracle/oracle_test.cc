// Compares the answers of the embedded store with those of a real Pyroscope.
//
// Every recorded question is asked here or is listed in not_asked.txt with the
// reason why it cannot be asked.
#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

#include "store/directory_source.h"
#include "tests/oracle/ask.h"
#include "tests/oracle/expected.h"
#include "tests/oracle/oracle_folder.h"
#include "tests/support/fake_clock.h"
#include "tests/support/read_file.h"

namespace pmcp::oracle {
namespace {

using testing::ElementsAre;
using testing::Key;

constexpr std::size_t kRecorded = 175;

/// Lines of the form `NAME: why`; "#" starts a comment.
std::map<std::string, std::string> LoadNotAsked() {
  std::istringstream lines(
      test::ReadFile(DataFolder().parent_path() / "not_asked.txt"));
  std::map<std::string, std::string> reasons;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t colon = line.find(": ");
    EXPECT_NE(colon, std::string::npos) << "no reason: " << line;
    const bool is_new =
        reasons.emplace(line.substr(0, colon), line.substr(colon + 2)).second;
    EXPECT_TRUE(is_new) << "listed twice: " << line;
  }
  return reasons;
}

/// The first line that differs.
std::string Difference(const std::string& expected, const std::string& actual) {
  std::istringstream expected_lines(expected);
  std::istringstream actual_lines(actual);
  std::string a;
  std::string b;
  for (int line = 1;; ++line) {
    const bool has_a = static_cast<bool>(std::getline(expected_lines, a));
    const bool has_b = static_cast<bool>(std::getline(actual_lines, b));
    if (!has_a) a = "(nothing)";
    if (!has_b) b = "(nothing)";
    if (a != b || has_a != has_b) {
      return fmt::format("line {}: recorded {}, ours {}", line, a, b);
    }
    if (!has_a) return "";
  }
}

/// The difference between our answer and the recorded one; "" if they are
/// equal.
std::string Disagreement(const Question& question,
                         const Result<std::string>& ours) {
  if (question.was_refused) {
    if (ours.ok()) return "refused by the server, answered by us";
    // Internal errors do not count as refusals.
    return ours.error().kind == ErrorKind::kInvalidArgument
               ? ""
               : "we fail: " + ours.error().message;
  }
  if (!ours.ok()) return "we refuse: " + ours.error().message;
  const Result<std::string> recorded = Expected(question);
  if (!recorded.ok()) return "cannot be decoded: " + recorded.error().message;
  return Difference(*recorded, *ours);
}

TEST(Oracle, AgreesWithPyroscope) {
  const OracleFolder folder;
  const test::FakeClock clock(AskedAt());
  const store::DirectorySource source(
      {.folder = folder.path(), .rules = store::IngestRules::kAsPushed}, clock);
  std::map<std::string, std::string> reasons = LoadNotAsked();
  // A limit, so that disagreements are not hidden in this list.
  ASSERT_THAT(reasons, ElementsAre(Key("analyze"), Key("dot-wide"),
                                   Key("shop-flame-max-100"), Key("stats")));
  const std::vector<Question> questions = LoadQuestions();
  ASSERT_EQ(questions.size(), kRecorded);

  std::size_t agreed = 0;
  std::string not_asked;
  for (const Question& question : questions) {
    if (const auto known = reasons.extract(question.name)) {
      not_asked += fmt::format("  {}: {}\n", known.key(), known.mapped());
      continue;
    }
    const std::string wrong =
        Disagreement(question, Ask(question, source, clock));
    if (wrong.empty()) ++agreed;
    EXPECT_EQ(wrong, "") << question.name;
    if (!wrong.empty()) fmt::print("{}: {}\n", question.name, wrong);
  }
  fmt::print("oracle: {} of {} agree; not asked:\n{}", agreed, questions.size(),
             not_asked);
  for (const auto& [name, reason] : reasons) {
    ADD_FAILURE() << "not_asked.txt lists " << name
                  << ", which is not recorded";
  }
}

// Without memory for samples, each question reads every file, and stacks are
// folded file by file.
TEST(Oracle, AgreesWithoutMemoryToo) {
  const OracleFolder folder;
  const test::FakeClock clock(AskedAt());
  const store::DirectorySource source({.folder = folder.path(),
                                       .rules = store::IngestRules::kAsPushed,
                                       .cache_bytes = 0},
                                      clock);
  const std::map<std::string, std::string> not_asked = LoadNotAsked();
  for (const Question& question : LoadQuestions()) {
    if (not_asked.contains(question.name)) continue;
    EXPECT_EQ(Disagreement(question, Ask(question, source, clock)), "")
        << question.name;
  }
}

}  // namespace
}  // namespace pmcp::oracle
