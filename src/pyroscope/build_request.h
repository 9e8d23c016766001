// Builds requests of querier.v1 from the queries of source/query. Pure.
#pragma once

#include <string>
#include <vector>

#include "pyroscope/wire/wire_requests.h"
#include "source/query.h"

namespace pmcp::pyroscope {

WireRange RangeOf(const TimeRange& range);

/// The selector as the only element of a list; the list is empty if there is
/// nothing to match, which servers answer much faster than "{}".
std::vector<std::string> MatchersOf(const profile::LabelSelector& selector);

SelectMergeStacktracesRequest BuildRequest(
    const source::StacktraceQuery& query);
SelectMergeStacktracesRequest BuildRequest(const source::PprofQuery& query);
/// The same for servers without PROFILE_FORMAT_PPROF. The message has no field
/// for span ids.
SelectMergeProfileRequest BuildMergeRequest(const source::PprofQuery& query);
/// Selects by span ids only: SelectMergeSpanProfile of servers before 2.2.
SelectMergeSpanProfileRequest BuildSpanRequest(
    const source::StacktraceQuery& query);
SelectSeriesRequest BuildRequest(const source::SeriesQuery& query);
SelectHeatmapRequest BuildRequest(const source::HeatmapQuery& query);

}  // namespace pmcp::pyroscope
