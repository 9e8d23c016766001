// QuestionArgs: the arguments that all query tools share.
//
// A tool derives its Args from one of these structs and adds its own fields.
// In JSON the fields of both stand side by side (tools/answer/make_tool.h).
// Their schema is schemas/common/question.json.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pmcp::tools {

/// For questions about labels and profile types.
struct QuestionArgs {
  using Question = QuestionArgs;

  std::string source, service, selector;
  std::string from, to;
  std::string format = "table";
};

/// For questions about profiles of one type.
struct ProfileQuestionArgs : QuestionArgs {
  using Question = ProfileQuestionArgs;

  std::string profile_type;  // empty: CPU time, if there is any
};

void to_json(nlohmann::json& json, const QuestionArgs& args);
void from_json(const nlohmann::json& json, QuestionArgs& args);
void to_json(nlohmann::json& json, const ProfileQuestionArgs& args);
void from_json(const nlohmann::json& json, ProfileQuestionArgs& args);

}  // namespace pmcp::tools
