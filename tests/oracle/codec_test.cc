// Compares our codec with that of a real Pyroscope. Encodes every recorded
// request and compares the bytes; decodes every recorded answer and compares it
// with the JSON answer of the same server to the same question.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "pyroscope/wire/wire_labels.h"
#include "pyroscope/wire/wire_series.h"
#include "pyroscope/wire/wire_stacks.h"
#include "tests/oracle/answer_text.h"
#include "tests/oracle/expected.h"
#include "tests/oracle/recorded_answer.h"
#include "tests/oracle/recorded_request.h"
#include "tests/support/read_file.h"

namespace pmcp::oracle {
namespace {

using namespace pmcp::pyroscope;

/// Recorded with explicit empty fields, which no encoder writes.
const std::set<std::string> kWithEmptyFields = {
    "error-selector-empty", "error-type-empty", "labelvalues-no-name"};

TEST(Codec, EncodesRequestsAsRecorded) {
  std::size_t equal = 0;
  std::size_t asked = 0;
  std::string not_sent;
  for (const Question& question : LoadQuestions()) {
    std::string recorded =
        test::ReadFile(DataFolder() / "answers" / (question.name + ".req.pb"));
    if (kWithEmptyFields.contains(question.name)) {
      recorded = EncodedAgain(question.method, recorded).value_or("");
    }
    const std::optional<std::string> ours = EncodedRequest(question);
    if (!ours) {
      not_sent += fmt::format(" {} ({})", question.name, question.method);
      continue;
    }
    ++asked;
    EXPECT_EQ(testing::PrintToString(*ours), testing::PrintToString(recorded))
        << question.name;
    EXPECT_EQ(EncodedAgain(question.method, *ours), ours) << question.name;
    if (*ours == recorded) ++equal;
  }
  fmt::print("codec: {} of {} requests are equal; never sent:{}\n", equal,
             asked, not_sent);
  EXPECT_EQ(not_sent, " analyze (AnalyzeQuery)");
}

/// The ids of the exemplars, which the texts omit.
template <typename AllSeries>
std::string IdsOf(const AllSeries& all) {
  std::string text;
  const auto add = [&](const auto& exemplars) {
    std::set<std::string> ids;
    for (const auto& exemplar : exemplars) ids.insert(exemplar.profile_id);
    for (const std::string& id : ids) text += id + "\n";
  };
  for (const auto& series : all) {
    if constexpr (requires { series.points; }) {
      for (const auto& point : series.points) add(point.exemplars);
    } else {
      for (const auto& slot : series.slots) add(slot.exemplars);
    }
  }
  return text;
}

std::vector<std::string> SetTexts(const std::vector<profile::Labels>& sets) {
  std::vector<std::string> texts;
  for (const auto& set : sets) texts.push_back(profile::ToString(set.all()));
  std::ranges::sort(texts);
  return texts;
}

Result<std::string> DecodedTypes(const std::string& bytes) {
  PMCP_TRY(types, DecodeProfileTypes(bytes));
  std::vector<std::string> ids;
  for (const auto& type : types) ids.push_back(type.Id());
  return ListText(ids);
}

Result<std::string> DecodedSeries(const Question& question) {
  PMCP_TRY(series, DecodeSelectSeries(question.response_bytes));
  EXPECT_EQ(IdsOf(series), IdsOf(SeriesOf(question.response)));
  return SeriesText(series);
}

/// The server does not sort series: its JSON has another order.
std::string SortedHeatmap(std::vector<profile::HeatmapSeries> heatmap) {
  std::ranges::sort(heatmap, {}, &profile::HeatmapSeries::labels);
  return HeatmapText(heatmap) + IdsOf(heatmap);
}

Result<std::string> DecodedHeatmap(const Question& question) {
  PMCP_TRY(heatmap, DecodeSelectHeatmap(question.response_bytes));
  return SortedHeatmap(std::move(heatmap));
}

Result<std::string> RecordedAnswer(const Question& question) {
  if (question.method != "SelectHeatmap") return Expected(question);
  return SortedHeatmap(HeatmapOf(question.response));
}

Result<std::string> DecodedProfile(const Question& question) {
  if (question.method == "SelectMergeProfile") {
    PMCP_TRY(profile, DecodeMergeProfile(question.response_bytes));
    return ProfileText(profile);
  }
  PMCP_TRY(profile, DecodePprofAnswer(question.response_bytes));
  return profile ? ProfileText(*profile) : "no pprof";
}

Result<std::string> Decoded(const Question& question) {
  const std::string& bytes = question.response_bytes;
  const std::string& method = question.method;
  if (method == "ProfileTypes") return DecodedTypes(bytes);
  if (method == "SelectSeries") return DecodedSeries(question);
  if (method == "SelectHeatmap") return DecodedHeatmap(question);
  if (WantsProfile(question)) return DecodedProfile(question);
  if (method.starts_with("Label")) {
    PMCP_TRY(names, DecodeNames(method, bytes));
    return ListText(names);
  }
  if (method == "Series") {
    PMCP_TRY(sets, DecodeLabelSets(bytes));
    return ListText(SetTexts(sets));
  }
  PMCP_TRY(tree, DecodeStacktraces(method, bytes));
  return TreeText(tree);
}

/// Answers to questions that the client never asks.
bool IsDecoded(const Question& question) {
  return !question.was_refused && question.method != "AnalyzeQuery" &&
         question.method != "Diff" && question.name != "dot-wide" &&
         question.method != "GetProfileStats";
}

TEST(Codec, DecodesAnswersAsRecorded) {
  std::size_t equal = 0;
  std::size_t decoded = 0;
  for (const Question& question : LoadQuestions()) {
    if (!IsDecoded(question)) continue;
    ++decoded;
    SCOPED_TRACE(question.name);
    const auto ours = Decoded(question);
    const auto recorded = RecordedAnswer(question);
    ASSERT_TRUE(recorded.ok()) << recorded.error().message;
    ASSERT_TRUE(ours.ok()) << ours.error().message;
    EXPECT_EQ(*ours, *recorded);
    if (*ours == *recorded) ++equal;
  }
  fmt::print("codec: {} of {} answers are equal\n", equal, decoded);
}

TEST(Codec, DecodesStatsAsRecorded) {
  const auto stats =
      DecodeProfileStats(test::ReadFile(DataFolder() / "answers" / "stats.pb"));
  ASSERT_TRUE(stats.ok());
  EXPECT_FALSE(stats->data_ingested);
  EXPECT_EQ(stats->oldest_ms, 0);
}

/// Answers that are truncated at any byte, or have one changed byte, are
/// decoded or refused.
TEST(Codec, SurvivesBrokenAnswers) {
  constexpr std::size_t kMostBytes = 400;
  std::size_t broken = 0;
  const auto decode = [&](Question question, std::string bytes) {
    question.response_bytes = std::move(bytes);
    question.response = nlohmann::json::object();
    const auto decoded = Decoded(question);
    if (!decoded.ok()) {
      EXPECT_EQ(decoded.error().kind, ErrorKind::kBadResponse);
      ++broken;
    }
  };
  for (const Question& question : LoadQuestions()) {
    const std::string& whole = question.response_bytes;
    if (!IsDecoded(question) || WantsProfile(question) ||
        question.method == "SelectSeries" || whole.size() > kMostBytes) {
      continue;
    }
    for (std::size_t i = 0; i < whole.size(); ++i) {
      decode(question, whole.substr(0, i));
      std::string changed = whole;
      changed[i] = static_cast<char>(changed[i] ^ 0x81);
      decode(question, std::move(changed));
    }
  }
  fmt::print("codec: {} broken answers were refused\n", broken);
  EXPECT_GT(broken, 1000u);
}

}  // namespace
}  // namespace pmcp::oracle
