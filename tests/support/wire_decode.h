// Requests of querier.v1, decoded: the server's side of the codec, for the
// fake server and for tests of the encoders. Ends the program on broken bytes.
#pragma once

#include <string_view>

#include "pyroscope/wire/wire_requests.h"

namespace pmcp::test {

void Decode(std::string_view message, pyroscope::ProfileTypesRequest& request);
void Decode(std::string_view message, pyroscope::LabelNamesRequest& request);
void Decode(std::string_view message, pyroscope::LabelValuesRequest& request);
void Decode(std::string_view message, pyroscope::SeriesRequest& request);
void Decode(std::string_view message,
            pyroscope::SelectMergeStacktracesRequest& request);
void Decode(std::string_view message,
            pyroscope::SelectMergeSpanProfileRequest& request);
void Decode(std::string_view message,
            pyroscope::SelectMergeProfileRequest& request);
void Decode(std::string_view message, pyroscope::SelectSeriesRequest& request);
void Decode(std::string_view message, pyroscope::SelectHeatmapRequest& request);

template <typename Request>
Request DecodeRequest(std::string_view message) {
  Request request;
  Decode(message, request);
  return request;
}

}  // namespace pmcp::test
