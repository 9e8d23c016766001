// Answers as text, one thing a line, so that two of them are compared and their
// first difference shown. Ours and the recorded ones are written alike.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "profile/series.h"
#include "profile/stack_tree.h"
#include "tests/oracle/question.h"

namespace pmcp::oracle {

std::string ListText(const std::vector<std::string>& lines);
/// Name, self and total of each node.
std::string TreeText(const profile::StackTree& tree);
/// Series in their order; a line with the labels, then one a point.
std::string SeriesText(const std::vector<profile::Series>& all);

/// What was recorded as the answer to a question that was not refused.
Result<std::string> Expected(const Question& question);

}  // namespace pmcp::oracle
