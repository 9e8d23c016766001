#include "tools/answer/explain_empty.h"

#include <fmt/format.h>

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

/// The reason if the window and the covered time are disjoint.
std::optional<Sentences> OutsideCovered(const AskedSource& asked,
                                        const TimeRange& covered) {
  if (asked.range.from <= covered.to && asked.range.to >= covered.from) {
    return std::nullopt;
  }
  return Sentences{
      fmt::format("The window lies {} all profiles of this source, which "
                  "cover {}.",
                  asked.range.from > covered.to ? "after" : "before",
                  FormatRange(covered)),
      "Omit from and to, or choose a window inside."};
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
  PMCP_TRY(covered, asked.source->Covered(call));
  if (!covered.data.is_known) {
    return MatchesNothing(asked, selector, asked.range, call);
  }
  if (covered.data.profiles == 0) return std::optional(NothingAtAll(asked));
  if (auto reason = OutsideCovered(asked, covered.data.range)) return reason;
  return MatchesNothing(asked, selector, covered.data.range, call);
}

Sentences NoCombination() {
  return {
      "Each matcher matches some series, but no profile in this window "
      "matches all of them.",
      "Widen the window, or remove matchers one by one."};
}

}  // namespace

Result<Sentences> ExplainEmpty(const AskedLabels& asked,
                               const CallContext& call) {
  PMCP_TRY(reason, CommonReason(asked, asked.query.selector, call));
  return reason ? *reason : NoCombination();
}

Result<Sentences> ExplainEmpty(const AskedProfiles& asked,
                               const CallContext& call) {
  PMCP_TRY(reason, CommonReason(asked, asked.query.selector, call));
  if (reason) return *reason;
  const LabelQuery labels{asked.query.selector, asked.range};
  PMCP_TRY(types, asked.source->ProfileTypes(labels, call));
  if (types.data.empty()) return NoCombination();
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
