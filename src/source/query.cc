#include "source/query.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::source {
namespace {

/// 9999-12-31T23:59:59.999Z, the last time of RFC 3339. A Pyroscope accepts
/// later times until its integers overflow.
constexpr std::int64_t kMaxUnixMs = 253'402'300'799'999;
/// A hundred years; a longer step has the same effect.
constexpr double kMaxStepSeconds = 100.0 * 365 * 24 * 3600;
constexpr double kMinStepSeconds = 0.001;
/// Longer values are shortened in messages.
constexpr std::size_t kQuotedCodePoints = 80;

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", Shorten(Sanitize(text), kQuotedCodePoints));
}

std::optional<std::uint8_t> HexDigit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

/// Decodes hex digits; nullopt if `text` has other characters.
std::optional<std::string> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = HexDigit(text[i]);
    const auto low = HexDigit(text[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<char>(*high * 16 + *low));
  }
  return bytes;
}

Result<std::uint64_t> ParseSpanId(std::string_view text) {
  const auto bytes = FromHex(text);
  if (!bytes || bytes->size() != 8) {
    return InvalidArgument(
        fmt::format("the span id {} is not 16 hex digits", Quoted(text)),
        "Give span ids as shown by the tracing tool, for example "
        "\"00f067aa0ba902b7\".");
  }
  std::uint64_t id = 0;
  for (const char byte : *bytes) {
    id = id << 8 | static_cast<unsigned char>(byte);
  }
  return id;
}

Result<std::string> ParseTraceId(std::string_view text) {
  auto bytes = FromHex(text);
  if (!bytes || bytes->size() != 16) {
    return InvalidArgument(
        fmt::format("the trace id {} is not 32 hex digits", Quoted(text)),
        "Give trace ids as shown by the tracing tool, for example "
        "\"4bf92f3577b34da6a3ce929d0e0e4736\".");
  }
  return *std::move(bytes);
}

/// The UUID in lower case.
Result<std::string> ParseProfileId(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  std::string id;
  for (const char c : text.substr(0, kShape.size() + 1)) {
    const bool upper = c >= 'A' && c <= 'F';
    id.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
  }
  const auto fits = [](char c, char shape) {
    return shape == '-' ? c == '-' : HexDigit(c).has_value();
  };
  if (!std::ranges::equal(id, kShape, fits)) {
    return InvalidArgument(
        fmt::format("the profile id {} is not a UUID", Quoted(text)),
        "Take profile ids from profile_exemplars, for example "
        "\"7c9e6679-7425-40de-944b-e07fc1f90ae7\".");
  }
  return id;
}

/// Truncates to milliseconds, but rounds away the error of binary fractions:
/// 3600.001 s are 3600001 ms, not 3600000 ms.
std::chrono::milliseconds ToMilliseconds(double seconds) {
  const double exact = seconds * 1000;
  const double nearest = std::round(exact);
  const double cut =
      std::abs(exact - nearest) < 0.001 ? nearest : std::trunc(exact);
  return std::chrono::milliseconds(static_cast<std::int64_t>(cut));
}

Result<std::chrono::milliseconds> CheckedStep(double seconds) {
  // NaN compares false with everything, so it is refused.
  if (seconds >= kMinStepSeconds && seconds <= kMaxStepSeconds) {
    return ToMilliseconds(seconds);
  }
  return InvalidArgument(
      fmt::format("the step of {} s is not between {} s and {} s", seconds,
                  kMinStepSeconds, kMaxStepSeconds),
      "Give the length of one bucket in seconds, for example 15.");
}

std::vector<std::string> WithoutRepeats(std::vector<std::string> names) {
  std::vector<std::string> once;
  for (std::string& name : names) {
    if (std::ranges::find(once, name) == once.end()) {
      once.push_back(std::move(name));
    }
  }
  return once;
}

template <typename T>
Result<std::vector<T>> ParseEach(const std::vector<std::string>& texts,
                                 Result<T> (*parse)(std::string_view)) {
  std::vector<T> ids;
  ids.reserve(texts.size());
  for (const std::string& text : texts) {
    PMCP_TRY(id, parse(text));
    ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace

Result<TimeRange> MakeTimeRange(std::int64_t start_ms, std::int64_t end_ms) {
  if (start_ms == 0 || end_ms == 0) {
    return InvalidArgument(
        fmt::format("the window is missing its {}", start_ms != 0 ? "end"
                                                    : end_ms != 0
                                                        ? "start"
                                                        : "start and end"),
        "Give both as Unix milliseconds, for example 1785232800000.");
  }
  if (start_ms > end_ms) {
    return InvalidArgument(
        fmt::format("the window starts at {}, after its end at {}", start_ms,
                    end_ms),
        "Swap the two times.");
  }
  if (start_ms < -kMaxUnixMs || end_ms > kMaxUnixMs) {
    return InvalidArgument(
        fmt::format("the window from {} to {} is out of range", start_ms,
                    end_ms),
        "Give Unix milliseconds, for example 1785232800000.");
  }
  return TimeRange{TimePointMs(std::chrono::milliseconds(start_ms)),
                   TimePointMs(std::chrono::milliseconds(end_ms))};
}

Result<ProfileQuery> MakeProfileQuery(std::string_view profile_type_id,
                                      std::string_view selector,
                                      TimeRange range) {
  PMCP_TRY(type, profile::ProfileType::Parse(profile_type_id));
  PMCP_TRY(matchers, profile::LabelSelector::Parse(selector));
  return ProfileQuery{std::move(type), std::move(matchers), range};
}

Result<LabelQuery> MakeLabelQuery(std::span<const std::string> selectors,
                                  TimeRange range) {
  LabelQuery query{.selector = {}, .range = range};
  for (const std::string& text : selectors) {
    PMCP_TRY(selector, profile::LabelSelector::Parse(text));
    for (const profile::Matcher& matcher : selector.matchers()) {
      query.selector.Add(matcher);
    }
  }
  return query;
}

Result<void> CheckLabelName(std::string_view name) {
  if (!name.empty()) return {};
  return InvalidArgument("the label name is empty",
                         "Name one label, for example \"pod\".");
}

Result<SampleSelection> MakeSampleSelection(const SampleSelectionTexts& texts) {
  if (!texts.span_ids.empty() && !texts.trace_ids.empty()) {
    return InvalidArgument(
        fmt::format("the span id {} and the trace id {} cannot be combined",
                    Quoted(texts.span_ids.front()),
                    Quoted(texts.trace_ids.front())),
        "Give span ids or trace ids; a span id alone is narrower.");
  }
  PMCP_TRY(profile_ids, ParseEach(texts.profile_ids, ParseProfileId));
  PMCP_TRY(span_ids, ParseEach(texts.span_ids, ParseSpanId));
  PMCP_TRY(trace_ids, ParseEach(texts.trace_ids, ParseTraceId));
  return SampleSelection{std::move(span_ids), std::move(trace_ids),
                         std::move(profile_ids), texts.call_site};
}

Result<void> CheckMaxNodes(std::int64_t max_nodes) {
  if (max_nodes >= 0 && max_nodes <= kMaxFlamegraphNodes) return {};
  return InvalidArgument(
      fmt::format("a flame graph of {} nodes is not possible", max_nodes),
      fmt::format("Ask for 1 to {} nodes, or 0 for the default.",
                  kMaxFlamegraphNodes));
}

Result<SeriesQuery> MakeSeriesQuery(ProfileQuery profiles,
                                    std::vector<std::string> group_by,
                                    double step_seconds, ExemplarKind exemplars,
                                    std::int64_t limit) {
  PMCP_TRY(step, CheckedStep(step_seconds));
  if (exemplars == ExemplarKind::kSpan) {
    return InvalidArgument("a time series has no exemplars of spans",
                           "Ask for exemplars of profiles, or for a heatmap of "
                           "spans.");
  }
  return SeriesQuery{
      .profiles = std::move(profiles),
      .group_by = WithoutRepeats(std::move(group_by)),
      .step = step,
      .limit = static_cast<std::size_t>(std::max<std::int64_t>(limit, 0)),
      .exemplars = exemplars != ExemplarKind::kNone};
}

Result<HeatmapQuery> MakeHeatmapQuery(ProfileQuery profiles,
                                      HeatmapOptions options) {
  PMCP_TRY(step, CheckedStep(options.step_seconds));
  if (options.limit < 0) {
    return InvalidArgument(
        fmt::format("a heatmap of {} series is not possible", options.limit),
        "Give the maximum number of series, or 0 for all.");
  }
  if (profiles.range.from >= profiles.range.to) {
    return InvalidArgument(
        fmt::format("the window of a heatmap begins at its end, {}",
                    profiles.range.to.time_since_epoch().count()),
        "Give a start before the end.");
  }
  if (!options.kind) {
    return InvalidArgument("the heatmap counts neither profiles nor spans",
                           "Choose one of the two.");
  }
  const ExemplarKind fitting = *options.kind == HeatmapKind::kSpan
                                   ? ExemplarKind::kSpan
                                   : ExemplarKind::kIndividual;
  if (options.exemplars != ExemplarKind::kNone &&
      options.exemplars != fitting) {
    return InvalidArgument(
        "the exemplars of a heatmap are of another kind than its values",
        "Ask for exemplars of profiles with profiles, of spans with spans.");
  }
  return HeatmapQuery{.profiles = std::move(profiles),
                      .group_by = WithoutRepeats(std::move(options.group_by)),
                      .step = step,
                      .kind = *options.kind,
                      .exemplars = options.exemplars != ExemplarKind::kNone,
                      .limit = static_cast<std::size_t>(options.limit)};
}

}  // namespace pmcp::source
