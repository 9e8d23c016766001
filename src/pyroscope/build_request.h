// Requests of querier.v1, made of the questions of source/query. Pure.
#pragma once

#include <string>
#include <vector>

#include "pyroscope/wire/wire_requests.h"
#include "source/query.h"

namespace pmcp::pyroscope {

WireRange RangeOf(const TimeRange& range);

/// A list without elements where there is nothing to match: servers answer
/// that one much faster.
std::vector<std::string> MatchersOf(const profile::LabelSelector& selector);

SelectMergeStacktracesRequest BuildRequest(
    const source::StacktraceQuery& query);
SelectMergeStacktracesRequest BuildRequest(const source::PprofQuery& query);
/// The same for servers that know no pprof format; spans are no part of it.
SelectMergeProfileRequest BuildMergeRequest(const source::PprofQuery& query);
/// The spans alone, as old servers understand them.
SelectMergeSpanProfileRequest BuildSpanRequest(
    const source::StacktraceQuery& query);
SelectSeriesRequest BuildRequest(const source::SeriesQuery& query);
SelectHeatmapRequest BuildRequest(const source::HeatmapQuery& query);

}  // namespace pmcp::pyroscope
