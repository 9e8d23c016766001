// PprofCounts: how much a profile.proto message holds, so that the decoder can
// reserve exactly and refuse what would not fit.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "profile/wire_fields.h"

namespace pmcp::profile {

/// Samples that one thread decodes, and where they belong in the table.
struct SampleChunk {
  std::string_view bytes;  // whole fields, some of which are no samples
  std::size_t first_row = 0;
  std::size_t first_location = 0;
  std::size_t first_label = 0;
};

struct PprofCounts {
  std::size_t sample_types = 0;
  std::size_t samples = 0;
  std::size_t sample_locations = 0;
  std::size_t sample_values = 0;
  std::size_t sample_labels = 0;
  std::size_t mappings = 0;
  std::size_t locations = 0;
  std::size_t lines = 0;
  std::size_t functions = 0;
  std::size_t strings = 0;
  std::size_t string_bytes = 0;
  /// The first run of samples, one behind the other: nearly all bytes of a
  /// profile. Who looks for other fields need not walk over it.
  std::string_view sample_run;

  /// Of the message from its first sample on; in order, without gaps.
  std::vector<SampleChunk> sample_chunks;
  /// How many values the first sample has, and the first that has others.
  std::optional<std::size_t> first_values;
  std::optional<std::size_t> other_values;

  /// What a Profile of this size takes in memory.
  std::size_t decoded_bytes() const;
};

/// One walk over the message, up to the first thing wrong with its bytes.
/// Fields of a wrong kind count as nothing here.
PprofCounts CountPprof(std::string_view message, WireProblem& problem);

}  // namespace pmcp::profile
