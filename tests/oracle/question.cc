#include "tests/oracle/question.h"

#include <algorithm>

#include "tests/support/read_file.h"

namespace pmcp::oracle {

using nlohmann::json;

std::filesystem::path DataFolder() {
  return std::filesystem::path(PMCP_SOURCE_DIR) / "tests/oracle/data";
}

std::vector<Question> LoadQuestions() {
  std::vector<Question> questions;
  for (const auto& file :
       std::filesystem::directory_iterator(DataFolder() / "answers")) {
    if (file.path().extension() != ".json") continue;
    const json recorded = json::parse(test::ReadFile(file.path()));
    const std::string accept =
        recorded.value("header", json::object()).value("Accept", "");
    questions.push_back(
        {.name = recorded.at("name"),
         .method = recorded.at("method"),
         .request = recorded.at("request"),
         .wants_utf8_labels =
             accept.find("allow-utf8-labelnames=true") != std::string::npos,
         .was_refused = recorded.at("status") != 200,
         .response = recorded.value("response", json::object()),
         .response_bytes = test::ReadFile(
             std::filesystem::path(file.path()).replace_extension(".pb"))});
  }
  std::ranges::sort(questions, {}, &Question::name);
  return questions;
}

bool WantsProfile(const Question& question) {
  return question.method == "SelectMergeProfile" ||
         question.request.value("format", "") == "PROFILE_FORMAT_PPROF";
}

std::int64_t Int64(const json& object, const char* key) {
  const auto field = object.find(key);
  if (field == object.end()) return 0;
  if (field->is_string()) return std::stoll(field->get<std::string>());
  return field->get<std::int64_t>();
}

std::vector<std::string> Strings(const json& object, const char* key) {
  return object.value(key, std::vector<std::string>());
}

}  // namespace pmcp::oracle
