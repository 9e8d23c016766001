#include "tools/answer/explain_empty.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>

#include "base/text.h"

namespace pmcp::tools {
namespace {

using profile::LabelSelector;
using profile::Matcher;
using source::LabelQuery;
using Sentences = std::vector<std::string>;

constexpr std::size_t kMostNamed = 10;

std::string ListSome(std::span<const std::string> names) {
  std::string text =
      Join(names.first(std::min(names.size(), kMostNamed)), ", ");
  if (names.size() > kMostNamed) {
    text += fmt::format(" and {} more", names.size() - kMostNamed);
  }
  return text;
}

std::string FormatRange(const TimeRange& range) {
  return fmt::format("{} to {}", FormatTime(range.from), FormatTime(range.to));
}

Sentences NothingAtAll(const AskedSource& asked) {
  const auto info = asked.source->Info();
  return {fmt::format("Source \"{}\" ({} {}) holds no profiles.", asked.name,
                      info.kind, info.location),
          info.is_server
              ? "Send profiles to that server, or configure another source."
              : "Put pprof files there, or configure another source."};
}

/// The last hour of the covered time.
TimeRange LastHour(const source::Coverage& covered) {
  const TimePointMs hour_ago = covered.range.to - std::chrono::hours(1);
  return {covered.is_begin_known ? std::max(hour_ago, covered.range.from)
                                 : hour_ago,
          covered.range.to};
}

/// The reason if the window and the covered time are disjoint.
std::optional<Sentences> OutsideCovered(const AskedSource& asked,
                                        const source::Coverage& covered) {
  const TimeRange& range = covered.range;
  const bool is_after = asked.range.from > range.to;
  const bool is_before = covered.is_begin_known && asked.range.to < range.from;
  if (!is_after && !is_before) return std::nullopt;
  const TimeRange hour = LastHour(covered);
  return Sentences{
      covered.is_begin_known
          ? fmt::format("The window lies {} all profiles of this source, which "
                        "cover {}.",
                        is_after ? "after" : "before", FormatRange(range))
          : fmt::format("The window lies after the newest profile of this "
                        "source, of {}.",
                        FormatTime(range.to)),
      fmt::format("Choose a window inside, for example from=\"{}\" and "
                  "to=\"{}\".",
                  FormatTime(hour.from), FormatTime(hour.to))};
}

/// The time in which matchers are looked for: all that the source covers. As
/// far as that is not known, the day that ends with the newest profile or with
/// the window, since a label may exist outside a short window.
TimeRange LookedThrough(const AskedSource& asked,
                        const source::Coverage& covered) {
  constexpr std::chrono::hours kDay(24);
  if (!covered.is_known) {
    return {std::min(asked.range.from, asked.range.to - kDay), asked.range.to};
  }
  if (covered.is_begin_known) return covered.range;
  return {covered.range.to - kDay, covered.range.to};
}

/// The reason if a matcher matches no series, with the values of its label.
Result<std::optional<Sentences>> MatchesNothing(const AskedSource& asked,
                                                const LabelSelector& selector,
                                                const TimeRange& covered,
                                                const CallContext& call) {
  for (const Matcher& matcher : selector.matchers()) {
    LabelQuery alone{.range = covered};
    alone.selector.Add(matcher);
    PMCP_TRY(series, asked.source->Series(alone, {matcher.name}, call));
    if (!series.data.empty()) continue;
    PMCP_TRY(values, asked.source->LabelValues(
                         matcher.name, LabelQuery{.range = covered}, call));
    if (values.data.empty()) {
      return std::optional(Sentences{
          fmt::format("No series matches {}: there is no label \"{}\".",
                      matcher.ToString(), matcher.name),
          "list_labels shows the labels."});
    }
    const auto nearest = ClosestMatch(matcher.value, values.data);
    // The index may list a value without a series in the window.
    if (nearest == matcher.value) continue;
    return std::optional(Sentences{
        fmt::format(
            "No series matches {}.{}", matcher.ToString(),
            nearest ? fmt::format(" Did you mean \"{}\"?", *nearest) : ""),
        fmt::format("Values of label {}: {}.", matcher.name,
                    ListSome(values.data))});
  }
  return std::optional<Sentences>();
}

/// The reasons of all queries: no data, the window, a single matcher.
Result<std::optional<Sentences>> CommonReason(const AskedSource& asked,
                                              const LabelSelector& selector,
                                              const CallContext& call) {
  PMCP_TRY(answer, asked.source->Covered(call));
  const source::Coverage& covered = answer.data;
  if (covered.is_known) {
    if (covered.profiles == 0) return std::optional(NothingAtAll(asked));
    if (auto reason = OutsideCovered(asked, covered)) return reason;
  }
  return MatchesNothing(asked, selector, LookedThrough(asked, covered), call);
}

/// Each matcher, if there is any, matches something.
Sentences NoCombination(const LabelSelector& selector) {
  if (selector.matchers().empty()) {
    return {"There are no profiles in this window.", "Widen the window."};
  }
  if (selector.matchers().size() == 1) {
    return {fmt::format("No profile in this window matches {}, but others of "
                        "this source do.",
                        selector.matchers().front().ToString()),
            "Widen the window."};
  }
  return {
      "Each matcher matches some series, but no profile in this window "
      "matches all of them.",
      "Widen the window, or remove matchers one by one."};
}

}  // namespace

Result<Sentences> ExplainEmpty(const AskedLabels& asked,
                               const CallContext& call) {
  PMCP_TRY(reason, CommonReason(asked, asked.query.selector, call));
  return reason ? *reason : NoCombination(asked.query.selector);
}

Result<Sentences> ExplainEmpty(const AskedProfiles& asked,
                               const CallContext& call) {
  PMCP_TRY(reason, CommonReason(asked, asked.query.selector, call));
  if (reason) return *reason;
  const LabelQuery labels{asked.query.selector, asked.range};
  PMCP_TRY(types, asked.source->ProfileTypes(labels, call));
  if (types.data.empty()) return NoCombination(asked.query.selector);
  Sentences ids;
  for (const auto& type : types.data) {
    if (asked.is_all_types || type == asked.query.type) {
      return Sentences{
          "There are profiles, but none of their samples was "
          "selected.",
          "Check the ids, the call site and the expressions, or "
          "omit them."};
    }
    ids.push_back(type.Id());
  }
  return Sentences{fmt::format("There are profiles, but none of type {}.",
                               asked.query.type.Id()),
                   fmt::format("Types in this window: {}.", ListSome(ids))};
}

}  // namespace pmcp::tools
