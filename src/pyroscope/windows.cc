#include "pyroscope/windows.h"

#include "pyroscope/refusals.h"

namespace pmcp::pyroscope {

using profile::Series;
using source::SeriesQuery;
using SeriesResult = Result<std::vector<Series>>;

WindowLimits Windows::Known() const {
  WindowLimits limits{.split = querier_.KnownSplit()};
  const std::chrono::milliseconds longest(longest_.load());
  if (longest.count() != 0) limits.longest = longest;
  return limits;
}

/// Keeps what the refusal of a window that begins at `from` says about the
/// windows that the server accepts. False if it says nothing new.
bool Windows::Learn(const Error& error, TimePointMs from) const {
  if (const auto limit = LimitNamedIn(error)) {
    return longest_.exchange(limit->count()) != limit->count();
  }
  if (!IsSplitRefusal(error)) return false;
  querier_.RememberSplit(from);
  return true;
}

SeriesResult Windows::AskSeries(const SeriesQuery& query, Division division,
                                const CallContext& call) const {
  for (int refusals = 0;; ++refusals) {
    WindowLimits limits = Known();
    limits.split = division.split;
    PMCP_TRY(pieces, SplitSeries(query, limits));
    std::vector<std::vector<Series>> answers(pieces.size());
    std::atomic<bool> has_learnt = false;
    const Result<void> asked = AskAtOnce(
        pieces.size(), kAskedAtOnce, call,
        [&](std::size_t i, const CallContext& one) -> Result<void> {
          auto answer = querier_.SelectSeries(pieces[i].query, one);
          if (!answer.ok()) {
            const TimePointMs from = pieces[i].query.profiles.range.from;
            if (Learn(answer.error(), from)) has_learnt = true;
            return std::move(answer).error();
          }
          answers[i] = *std::move(answer);
          return {};
        });
    if (asked.ok()) {
      if (pieces.size() == 1) return std::move(answers.front());
      SeriesJoin join;
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        join.Add(pieces[i], std::move(answers[i]));
      }
      return std::move(join).Finish(query);
    }
    if (!has_learnt || refusals == kMostRefusals) return asked.error();
    // The split may have moved, or be where the window begins.
    if (query.exemplars) continue;
    if (const auto known = querier_.KnownDivision(query.profiles.range)) {
      division = *known;
    }
  }
}

SeriesResult Windows::SelectSeries(const SeriesQuery& query,
                                   const CallContext& call) const {
  const TimeRange& range = query.profiles.range;
  // Only the v2 path has exemplars: it is asked alone, or the server refuses.
  if (query.exemplars) return AskSeries(query, {}, call);
  if (const auto known = querier_.KnownDivision(range)) {
    return AskSeries(query, *known, call);
  }
  std::optional<Result<Division>> division;
  std::optional<SeriesResult> whole;
  PMCP_TRY_VOID(
      AskAtOnce(2, kAskedAtOnce, call,
                [&](std::size_t i, const CallContext& one) -> Result<void> {
                  if (i == 0) whole = AskSeries(query, {}, one);
                  if (i == 1) division = querier_.Divide(range, one);
                  return {};
                }));
  // A server whose read paths cannot be probed is treated as having one.
  if (!division->ok() || !(*division)->split) return *std::move(whole);
  return AskSeries(query, **division, call);
}

}  // namespace pmcp::pyroscope
