#include "tools/args/question_args.h"

#include <nlohmann/json.hpp>

namespace pmcp::tools {
namespace {

using nlohmann::json;

/// Calls `visit` with the JSON name and the reference of each field.
template <typename Args, typename Visit>
void VisitFields(Args& args, const Visit& visit) {
  visit("source", args.source);
  visit("service", args.service);
  visit("selector", args.selector);
  if constexpr (requires { args.profile_type; }) {
    visit("profile_type", args.profile_type);
  }
  visit("from", args.from);
  visit("to", args.to);
  visit("format", args.format);
}

template <typename Args>
void Write(const Args& args, json& out) {
  VisitFields(
      args, [&out](const char* name, const auto& field) { out[name] = field; });
}

/// A field that `in` does not have keeps its value.
template <typename Args>
void Read(const json& in, Args& args) {
  VisitFields(args, [&in](const char* name, auto& field) {
    field = in.value(name, field);
  });
}

}  // namespace

void to_json(json& out, const QuestionArgs& args) { Write(args, out); }
void from_json(const json& in, QuestionArgs& args) { Read(in, args); }
void to_json(json& out, const ProfileQuestionArgs& args) { Write(args, out); }
void from_json(const json& in, ProfileQuestionArgs& args) { Read(in, args); }

}  // namespace pmcp::tools
