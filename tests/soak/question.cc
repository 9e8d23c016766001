#include "tests/soak/question.h"

#include <fmt/core.h>

#include <algorithm>

namespace pmcp::test {
namespace {

using nlohmann::json;

struct ToolRow {
  std::string_view name;
  const char* arguments;
  bool has_profile_type;
};
constexpr ToolRow kTools[] = {
    {"list_profile_types", "{}", false},
    {"list_labels", "{}", false},
    {"list_labels", R"({"label":"handler"})", false},
    {"query_flamegraph", R"({"limit":30})", true},
    {"query_flamegraph", R"({"focus":"Do1","sort":"total"})", true},
    {"query_series", R"({"group_by":["handler"],"step":"5m"})", true},
    {"query_series", R"({"group_by":["__file__"],"points":true})", true},
    {"top_series", R"({"group_by":["handler","env"]})", true},
    {"profile_exemplars", "{}", true},
    {"span_exemplars", R"({"group_by":["handler"]})", true},
    {"export_pprof", "{}", true},
    {"export_pprof", R"({"file_format":"collapsed"})", true},
    {"export_pprof", R"({"pgo":true})", true},
};

constexpr const char* kWrong[] = {
    R"({"selector":"{a="})",
    R"({"from":"yesterday"})",
    R"({"service":"steady","selector":"a=~\"(\""})",
    R"({"no_such_argument":1})",
    R"({"from":"now","to":"now-1h"})",
    R"({"profile_type":"a:b"})",
};

json With(json arguments, const json& more) {
  arguments.update(more);
  return arguments;
}

std::vector<Question> Right(const ToolRow& row, const json& window) {
  const json base = With(json::parse(row.arguments), window);
  std::vector<Question> questions;
  questions.push_back({std::string(row.name),
                       With(base, {{"service", "steady"}, {"format", "json"}}),
                       true,
                       {}});
  // A type disappears with the last of its files.
  const std::vector<ErrorKind> gone = {ErrorKind::kNotFound};
  for (const char* format : {"table", "json"}) {
    for (const char* selector :
         {"{}", R"({service_name=~"churn.*"})", R"({service_name="churn1"})"}) {
      questions.push_back(
          {std::string(row.name),
           With(base, {{"selector", selector}, {"format", format}}), false,
           row.has_profile_type ? gone : std::vector<ErrorKind>()});
    }
  }
  return questions;
}

bool IsText(const json& result) {
  const auto content = result.find("content");
  return content != result.end() && content->size() == 1 &&
         !content->at(0).value("text", "").empty();
}

/// An error states its kind and what is wrong; its second line is a hint.
std::string JudgeError(const Question& question, const json& result,
                       std::string_view meta_key) {
  const std::string text = result.at("content").at(0).at("text");
  const json meta = result.value("_meta", json::object());
  const json error = meta.value(std::string(meta_key), json::object());
  const std::string kind = error.value("kind", "");
  if (text.find('\n') == std::string::npos)
    return "error without a hint: " + text;
  const bool is_expected =
      std::ranges::any_of(ErrorKinds(), [&](const ErrorKindRow& row) {
        return row.name == kind &&
               std::ranges::find(question.may_fail, row.kind) !=
                   question.may_fail.end();
      });
  return is_expected ? "" : fmt::format("error of kind \"{}\": {}", kind, text);
}

}  // namespace

std::vector<Question> AllQuestions(const TimeRange& window) {
  const json range = {{"from", FormatTime(window.from)},
                      {"to", FormatTime(window.to)}};
  std::vector<Question> questions;
  std::size_t wrong = 0;
  for (const ToolRow& row : kTools) {
    for (Question& question : Right(row, range)) {
      questions.push_back(std::move(question));
    }
    questions.push_back({std::string(row.name),
                         json::parse(kWrong[wrong++ % std::size(kWrong)]),
                         false,
                         {ErrorKind::kInvalidArgument, ErrorKind::kNotFound}});
  }
  for (const char* format : {"table", "json"}) {  // of all there is, always
    questions.push_back({"overview", {{"format", format}}, false, {}});
  }
  return questions;
}

json SteadyPart(json answer) {
  for (const char* key : {"notices", "path"}) answer.erase(key);
  return answer;
}

std::string Judge(const Question& question, const json& result,
                  std::string_view meta_key) {
  if (!IsText(result)) return "an answer without text";
  if (result.value("isError", false)) {
    return JudgeError(question, result, meta_key);
  }
  if (question.arguments.value("format", "") == "json" &&
      !result.contains("structuredContent")) {
    return "a JSON answer without structuredContent";
  }
  return "";
}

}  // namespace pmcp::test
