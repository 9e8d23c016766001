#include "pyroscope/read_path.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ask_at_once.h"
#include "pyroscope/build_request.h"
#include "pyroscope/refusals.h"
#include "pyroscope/wire/wire_labels.h"
#include "pyroscope/wire/wire_requests.h"

namespace pmcp::pyroscope {
namespace {

std::int64_t Ms(TimePointMs time) { return time.time_since_epoch().count(); }

TimePointMs Time(std::int64_t ms) {
  return TimePointMs(std::chrono::milliseconds(ms));
}

}  // namespace

ReadPath::Found ReadPath::Fresh() const {
  const std::lock_guard lock(mutex_);
  return now_() - found_.at < kKeptTime ? found_ : Found{};
}

template <typename Change>
void ReadPath::Remember(Change change) const {
  const auto now = now_();
  const std::lock_guard lock(mutex_);
  if (now - found_.at >= kKeptTime) found_ = Found{.at = now};
  change(found_);
}

std::optional<Division> ReadPath::Known(const TimeRange& range) const {
  const Found found = Fresh();
  const std::int64_t from = Ms(range.from);
  const std::int64_t to = Ms(range.to);
  if (found.split && from <= *found.split && to >= *found.split) {
    return Division{true, Time(*found.split)};
  }
  if (from >= found.new_since) return Division{};
  if (to <= found.old_until) return Division{.begins_old = true};
  return std::nullopt;
}

std::optional<TimePointMs> ReadPath::Split() const {
  const auto split = Fresh().split;
  return split ? std::optional(Time(*split)) : std::nullopt;
}

void ReadPath::RememberSplit(TimePointMs split) const {
  Remember([ms = Ms(split)](Found& found) {
    found.split = ms;
    found.old_until = ms - 1;
    found.new_since = ms + 1;
  });
}

/// Asks for a heatmap with step 0: the v1 path has no heatmaps (501), the v2
/// path checks the step first (400). The range is one instant: for a range that
/// both paths read, as the split itself, the server returns whichever error
/// comes first.
Result<bool> ReadPath::IsNewAt(std::int64_t ms, const CallContext& call) const {
  SelectHeatmapRequest request;
  request.profiles.range = RangeOf(TimeRange{Time(ms), Time(ms)});
  request.kind = WireHeatmapKind::kIndividual;
  const auto answer = client_.Call("SelectHeatmap", Encode(request), call);
  // No known server accepts step 0.
  const bool is_new =
      !answer.ok() && answer.error().kind == ErrorKind::kInvalidArgument;
  const bool is_old = answer.ok() ||
                      answer.error().kind == ErrorKind::kUnsupported ||
                      answer.error().kind == ErrorKind::kNotFound;
  if (!is_new && !is_old) return answer.error();
  Remember([ms, is_new](Found& found) {
    if (is_new) found.new_since = std::min(found.new_since, ms);
    if (!is_new) found.old_until = std::max(found.old_until, ms);
  });
  return is_new;
}

/// Whether the server refuses a range that begins at this time.
Result<bool> ReadPath::IsSplit(std::int64_t ms, const CallContext& call) const {
  const auto answer = client_.Call(
      "LabelNames",
      Encode(LabelNamesRequest{{}, RangeOf(TimeRange{Time(ms), Time(ms)})}),
      call);
  if (answer.ok()) return false;
  if (IsSplitRefusal(answer.error())) return true;
  return answer.error();
}

/// Probes all times at once.
Result<void> ReadPath::Probe(std::span<const std::int64_t> times,
                             const CallContext& call) const {
  return AskAtOnce(times.size(), kAskedAtOnce, call,
                   [&](std::size_t i, const CallContext& one) -> Result<void> {
                     PMCP_TRY_VOID(IsNewAt(times[i], one));
                     return {};
                   });
}

/// The split of the default configuration is the oldest profile, which the
/// server reports once that is older than an hour.
Result<void> ReadPath::ProbeBesideOldest(const TimeRange& range,
                                         const CallContext& call) const {
  const auto answer = client_.Call("GetProfileStats", "", call);
  if (!answer.ok()) return {};
  const auto stats = DecodeProfileStats(*answer);
  if (!stats.ok() || stats->oldest_ms <= Ms(range.from) ||
      stats->oldest_ms > Ms(range.to)) {
    return {};
  }
  const std::int64_t oldest = stats->oldest_ms;
  PMCP_TRY_VOID(Probe(std::array{oldest - 1, oldest + 1}, call));
  const Found found = Fresh();
  if (found.old_until == oldest - 1 && found.new_since == oldest + 1) {
    RememberSplit(Time(oldest));
  }
  return {};
}

/// Searches between a time that v1 reads and one that v2 reads.
Result<std::int64_t> ReadPath::FindSplit(const TimeRange& range,
                                         const CallContext& call) const {
  std::int64_t old_until = Ms(range.from);
  std::int64_t new_since = Ms(range.to);
  for (;;) {
    const Found found = Fresh();
    if (found.split) return *found.split;
    old_until = std::max(old_until, std::min(found.old_until, new_since - 1));
    new_since = std::min(new_since, std::max(found.new_since, old_until + 1));
    const std::int64_t between = new_since - old_until - 1;
    if (between == 0) break;
    const auto parts =
        std::min<std::int64_t>(between, static_cast<int>(kAskedAtOnce)) + 1;
    std::vector<std::int64_t> times;
    for (std::int64_t i = 1; i < parts; ++i) {
      times.push_back(old_until +
                      std::max<std::int64_t>(i, (between + 1) * i / parts));
    }
    PMCP_TRY_VOID(Probe(times, call));
  }
  // The probe of the split itself may have had either answer.
  PMCP_TRY(is_split, IsSplit(new_since, call));
  const std::int64_t split = is_split ? new_since : old_until;
  RememberSplit(Time(split));
  return split;
}

Result<Division> ReadPath::Divide(const TimeRange& range,
                                  const CallContext& call) const {
  if (const auto known = Known(range)) return *known;
  PMCP_TRY(is_all_new, IsNewAt(Ms(range.from), call));
  if (is_all_new) return Division{};
  if (range.from == range.to) return Division{.begins_old = true};
  bool is_end_new = false;
  PMCP_TRY_VOID(
      AskAtOnce(2, kAskedAtOnce, call,
                [&](std::size_t i, const CallContext& one) -> Result<void> {
                  if (i == 1) return ProbeBesideOldest(range, one);
                  PMCP_TRY(is_new, IsNewAt(Ms(range.to), one));
                  is_end_new = is_new;
                  return {};
                }));
  if (!is_end_new) return Division{.begins_old = true};
  PMCP_TRY(split, FindSplit(range, call));
  return Division{true, Time(split)};
}

/// Sends a span id and a trace id together, which a server that knows both
/// refuses before anything else.
Result<bool> ReadPath::SelectsTraces(const source::ProfileQuery& query,
                                     const CallContext& call) const {
  source::StacktraceQuery both{query, {}};
  both.profiles.range.to = both.profiles.range.from;
  both.samples.span_ids = {1};
  both.samples.trace_ids = {std::string(16, '\1')};
  SelectMergeStacktracesRequest request = BuildRequest(both);
  request.max_nodes = 1;
  const auto answer =
      client_.Call("SelectMergeStacktraces", Encode(request), call);
  if (answer.ok()) return false;
  if (answer.error().message.find("trace_id_selector") != std::string::npos) {
    return true;
  }
  return answer.error();
}

}  // namespace pmcp::pyroscope
