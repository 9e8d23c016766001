// Answers about labels and types of querier.v1, decoded.
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

/// Of LabelNames and of LabelValues: the field is called `names` in both.
Result<std::vector<std::string>> DecodeNames(std::string_view endpoint,
                                             std::string_view message);

/// Of Series.
Result<std::vector<profile::Labels>> DecodeLabelSets(std::string_view message);

/// Times in Unix milliseconds; 0 where the server has nothing to say.
struct ProfileStats {
  bool data_ingested = false;
  std::int64_t oldest_ms = 0;
  std::int64_t newest_ms = 0;
};
Result<ProfileStats> DecodeProfileStats(std::string_view message);

/// A types.v1.LabelPair, for answers that hold some.
profile::Label ReadLabel(protozero::pbf_reader message, WireReader& reader);

}  // namespace pmcp::pyroscope
