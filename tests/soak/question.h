// The questions of a soak: calls of every tool, and the allowed answers.
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
  /// Whether it is about steady files only, so that the answer is always the
  /// same.
  bool is_steady = false;
  /// The kinds of errors that are allowed.
  std::vector<ErrorKind> may_fail;
};

/// For each tool: questions about the steady service and about services that
/// change, and wrong questions.
std::vector<Question> AllQuestions(const TimeRange& window);

/// The part of a JSON answer that depends on steady files only: without notices
/// about other files and without the path of a new file.
nlohmann::json SteadyPart(nlohmann::json answer);

/// The fault of the result of tools/call, or "". `meta_key` is the key of an
/// error's kind.
std::string Judge(const Question& question, const nlohmann::json& result,
                  std::string_view meta_key);

}  // namespace pmcp::test
