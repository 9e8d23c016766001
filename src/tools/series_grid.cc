#include "tools/series_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::tools {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kUsualBuckets = 60;
constexpr std::array<milliseconds, 12> kRoundSteps = {
    seconds(15), seconds(30), minutes(1), minutes(2), minutes(5), minutes(10),
    minutes(15), minutes(30), hours(1),   hours(3),   hours(6),   hours(24)};

milliseconds UsualStep(milliseconds window) {
  for (const milliseconds step : kRoundSteps) {
    if (window <= step * kUsualBuckets) return step;
  }
  // Whole days for windows of years.
  return hours(24) * (window / (hours(24) * kUsualBuckets) + 1);
}

Result<milliseconds> ParseStep(std::string_view text, milliseconds window) {
  if (Trim(text).empty()) return UsualStep(window);
  if (const auto step = ParseDuration(Trim(text))) return *step;
  return InvalidArgument(fmt::format("step is not a length of time: \"{}\"",
                                     Shorten(Sanitize(text), 64)),
                         "Give for example 15s, 1m or 1h, or leave it out.");
}

}  // namespace

Result<SeriesGrid> MakeSeriesGrid(const TimeRange& window,
                                  std::string_view step_text, bool with_start) {
  PMCP_TRY(step, ParseStep(step_text, window.length()));
  const milliseconds length = window.length() + milliseconds(with_start);
  const std::int64_t whole = length / step;
  const std::int64_t buckets = std::max<std::int64_t>(
      1, whole + (length % step == milliseconds(0) ? 0 : 1));
  if (buckets > kMaxBuckets) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("a step of {} makes {} points a series", step_text,
                             buckets),
                 "Take a longer step, or a shorter window."};
  }
  return SeriesGrid{{window.to - step * buckets, window.to}, step};
}

}  // namespace pmcp::tools
