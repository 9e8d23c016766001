#include "pyroscope/read_path.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "pyroscope/build_request.h"
#include "pyroscope/wire/wire_requests.h"

namespace pmcp::pyroscope {

/// Asks for a heatmap with step 0: the v1 path has no heatmaps (501), the v2
/// path checks the step first (400). The range is one instant: for a range that
/// spans both paths, the server returns whichever error comes first.
Result<bool> ReadPath::IsNewFrom(TimePointMs from,
                                 const CallContext& call) const {
  const std::int64_t since = from.time_since_epoch().count();
  if (since >= new_since_) return true;
  SelectHeatmapRequest request;
  request.profiles.range = RangeOf(TimeRange{from, from});
  request.kind = WireHeatmapKind::kIndividual;
  const auto answer = client_.Call("SelectHeatmap", Encode(request), call);
  if (answer.ok()) return false;  // no known server accepts step 0
  switch (answer.error().kind) {
    case ErrorKind::kInvalidArgument: {
      std::int64_t known = new_since_;
      while (since < known && !new_since_.compare_exchange_weak(known, since)) {
      }
      return true;
    }
    case ErrorKind::kUnsupported:
    case ErrorKind::kNotFound:
      return false;
    default:
      return answer.error();
  }
}

Result<std::optional<TimePointMs>> ReadPath::NewWithin(
    const TimeRange& range, const CallContext& call) const {
  using std::chrono::milliseconds;
  PMCP_TRY(is_all_new, IsNewFrom(range.from, call));
  if (is_all_new) return std::optional<TimePointMs>();
  PMCP_TRY(is_end_new, IsNewFrom(range.to, call));
  if (!is_end_new) return std::optional<TimePointMs>();
  TimePointMs is_old = range.from;
  TimePointMs is_new =
      std::min(range.to, TimePointMs(milliseconds(new_since_.load())));
  TimePointMs next = is_new - milliseconds(1);
  while (is_new - is_old > milliseconds(1)) {
    PMCP_TRY(found_new, IsNewFrom(next, call));
    (found_new ? is_new : is_old) = next;
    next = is_old + (is_new - is_old) / 2;
  }
  return std::optional(is_new);
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
