// Decodes the answers of querier.v1 about labels and profile types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "profile/words/labels.h"
#include "profile/words/profile_type.h"

namespace protozero {
class pbf_reader;
}

namespace pmcp::pyroscope {

class WireReader;

Result<std::vector<profile::ProfileType>> DecodeProfileTypes(
    std::string_view message);

/// Decodes the answer of LabelNames or LabelValues (`endpoint`, for errors):
/// both have one field, `names`.
Result<std::vector<std::string>> DecodeNames(std::string_view endpoint,
                                             std::string_view message);

/// Decodes the answer of Series.
Result<std::vector<profile::Labels>> DecodeLabelSets(std::string_view message);

/// Times in Unix milliseconds; 0 if the server reports none.
struct ProfileStats {
  bool data_ingested = false;
  std::int64_t oldest_ms = 0;
  std::int64_t newest_ms = 0;
};
Result<ProfileStats> DecodeProfileStats(std::string_view message);

/// Reads a types.v1.LabelPair, which several answers contain.
profile::Label ReadLabel(protozero::pbf_reader message, WireReader& reader);

}  // namespace pmcp::pyroscope
