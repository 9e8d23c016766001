#include "tools/answer/series_grid.h"

#include <fmt/core.h>

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

milliseconds UsualStep(milliseconds window, milliseconds min_step) {
  const auto holds = [&](milliseconds step) {
    return step % min_step == milliseconds(0) && window <= step * kUsualBuckets;
  };
  if (holds(min_step)) return min_step;
  const auto round = std::ranges::find_if(kRoundSteps, holds);
  if (round != kRoundSteps.end()) return *round;
  // Whole days for windows of years.
  const milliseconds unit =
      hours(24) % min_step == milliseconds(0) ? hours(24) : min_step;
  return unit * (window / (unit * kUsualBuckets) + 1);
}

Result<milliseconds> ParseStep(std::string_view text, milliseconds window,
                               milliseconds min_step) {
  if (Trim(text).empty()) return UsualStep(window, min_step);
  if (const auto step = ParseDuration(Trim(text))) return *step;
  return InvalidArgument(fmt::format("step is not a duration: \"{}\"",
                                     Shorten(Sanitize(text), 64)),
                         "Give for example 15s, 1m or 1h, or omit it.");
}

}  // namespace

Result<SeriesGrid> MakeSeriesGrid(const TimeRange& window,
                                  std::string_view step_text, bool with_start,
                                  milliseconds min_step) {
  PMCP_TRY(step, ParseStep(step_text, window.length(), min_step));
  const milliseconds length = window.length() + milliseconds(with_start);
  const std::int64_t whole = length / step;
  const std::int64_t buckets = std::max<std::int64_t>(
      1, whole + (length % step == milliseconds(0) ? 0 : 1));
  if (buckets > kMaxBuckets) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("a step of {} makes {} points a series", step_text,
                             buckets),
                 "Use a longer step or a shorter window."};
  }
  return SeriesGrid{{window.to - step * buckets, window.to}, step};
}

}  // namespace pmcp::tools
