// The questions of a soak: calls of every tool, and what may be answered.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time_range.h"

namespace pmcp::test {

struct Question {
  std::string tool;
  nlohmann::json arguments;
  /// About files that nobody touches: the answer is always the same.
  bool is_steady = false;
  /// Kinds of errors that explain themselves here.
  std::vector<ErrorKind> may_fail;
};

/// Each tool about the steady service, about services that change, and wrong.
std::vector<Question> AllQuestions(const TimeRange& window);

/// The part of a JSON answer that only the steady files decide: without what is
/// said about other files, and without the path of a new file.
nlohmann::json SteadyPart(nlohmann::json answer);

/// What is wrong with the result of tools/call, or "". `meta_key` is where the
/// kind of an error stands.
std::string Judge(const Question& question, const nlohmann::json& result,
                  std::string_view meta_key);

}  // namespace pmcp::test
