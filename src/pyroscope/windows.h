// Windows: asks a server about a window in the pieces that it accepts, and
// learns from its refusals which these are. Every question with a window goes
// through it. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/ask_at_once.h"
#include "base/call_context.h"
#include "base/result.h"
#include "base/time_range.h"
#include "profile/time/series.h"
#include "pyroscope/querier.h"
#include "pyroscope/range_split.h"
#include "source/query.h"

namespace pmcp::pyroscope {

class Windows {
 public:
  /// `querier` outlives it.
  explicit Windows(const Querier& querier) : querier_(querier) {}

  /// Calls `ask` with each piece of `range` and returns the answers in the
  /// order of the pieces. For questions whose answers a server joins itself if
  /// both read paths read the window: labels and stacks.
  template <typename T>
  Result<std::vector<T>> InPieces(
      const TimeRange& range, const CallContext& call,
      const std::function<Result<T>(const TimeRange&, const CallContext&)>& ask)
      const;

  /// The series of the window. Asks for the whole window while it finds out
  /// whether both read paths read it, and asks in pieces if they do. Exemplars
  /// of a window that the v1 path reads in part are refused.
  Result<std::vector<profile::Series>> SelectSeries(
      const source::SeriesQuery& query, const CallContext& call) const;

 private:
  WindowLimits Known() const;
  bool Learn(const Error& error, TimePointMs from) const;
  Result<std::vector<profile::Series>> AskSeries(
      const source::SeriesQuery& query, Division division,
      const CallContext& call) const;

  /// A server's limit and its split, and one for a change of either.
  static constexpr int kMostRefusals = 3;

  const Querier& querier_;
  // The longest window that the server accepts, in ms; 0: not known.
  mutable std::atomic<std::int64_t> longest_{0};
};

template <typename T>
Result<std::vector<T>> Windows::InPieces(
    const TimeRange& range, const CallContext& call,
    const std::function<Result<T>(const TimeRange&, const CallContext&)>& ask)
    const {
  for (int refusals = 0;; ++refusals) {
    PMCP_TRY(pieces, SplitRange(range, Known()));
    std::vector<std::optional<T>> answers(pieces.size());
    std::atomic<bool> has_learnt = false;
    const Result<void> asked =
        AskAtOnce(pieces.size(), kAskedAtOnce, call,
                  [&](std::size_t i, const CallContext& one) -> Result<void> {
                    Result<T> answer = ask(pieces[i], one);
                    if (!answer.ok()) {
                      if (Learn(answer.error(), pieces[i].from))
                        has_learnt = true;
                      return std::move(answer).error();
                    }
                    answers[i] = *std::move(answer);
                    return {};
                  });
    if (asked.ok()) {
      std::vector<T> all;
      for (auto& answer : answers) all.push_back(*std::move(answer));
      return all;
    }
    if (!has_learnt || refusals == kMostRefusals) return asked.error();
  }
}

}  // namespace pmcp::pyroscope
