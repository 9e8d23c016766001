// TopFunctions: which functions cost most, by themselves and with what they
// call. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/call_context.h"
#include "base/regex.h"
#include "base/result.h"
#include "profile/stacks/stacks.h"
#include "profile/stacks/sums_memo.h"

namespace pmcp::profile {

enum class TopOrder { kSelf, kTotal };

struct TopFunctionsOptions {
  std::size_t limit = 20;
  TopOrder order = TopOrder::kSelf;
  /// Keep stacks in which a function's name matches; drop stacks in which one
  /// matches. As pprof's -focus and -ignore: a part of the name is enough.
  std::optional<Regex> focus;
  std::optional<Regex> ignore;
};

struct FunctionRow {
  std::string name;
  std::int64_t self = 0;
  /// Counted once a stack, however often the function is on it.
  std::int64_t total = 0;
};

struct TopFunctionsResult {
  std::vector<FunctionRow> rows;  // at most `limit`, ties by name
  /// Of all stacks, before focus and ignore: what a percentage is of.
  std::int64_t total = 0;
  /// Of the stacks that focus and ignore left.
  std::int64_t kept = 0;
  /// Functions there are, and the self of those that are not in `rows`.
  std::size_t function_count = 0;
  std::int64_t omitted_self = 0;
};

/// Without focus and ignore, sums are taken from `memo` or kept there, unless
/// it is null. Fails only if the call is cancelled or its deadline passes.
Result<TopFunctionsResult> TopFunctions(const Stacks& stacks,
                                        const TopFunctionsOptions& options,
                                        const CallContext& call,
                                        SumsMemo* memo = nullptr);

}  // namespace pmcp::profile
