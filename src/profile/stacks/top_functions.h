// TopFunctions: the functions with the largest cost, either of the function
// itself (self) or including its callees (total). Pure.
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
  /// Keep only stacks with a function whose name matches `focus`; drop stacks
  /// with a function whose name matches `ignore`. As pprof's -focus and
  /// -ignore, they match substrings.
  std::optional<Regex> focus;
  std::optional<Regex> ignore;
};

struct FunctionRow {
  std::string name;
  std::int64_t self = 0;
  /// Counts each stack once, however often the function is on it.
  std::int64_t total = 0;
};

struct TopFunctionsResult {
  std::vector<FunctionRow> rows;  // at most `limit`, ties by name
  /// Of all samples, before focus and ignore; and the part of it that belongs
  /// to no function.
  std::int64_t total = 0;
  std::int64_t without_frame = 0;
  /// What a percentage is of: `total`, or for a difference, which has negative
  /// values, the sum of absolute values.
  std::int64_t whole = 0;
  /// Of the stacks that focus and ignore left.
  std::int64_t kept = 0;
  /// The number of all functions, and the sum of self of those not in `rows`.
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
