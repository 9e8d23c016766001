// PprofCounts: how much a profile.proto message holds and where, so that the
// decoder can reserve exactly, refuse what would not fit, and look for nothing
// where it is not.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "profile/pprof/pprof_fields.h"
#include "profile/pprof/wire_fields.h"

namespace pmcp::profile {

/// Samples that one thread decodes, and where they belong in the table.
struct SampleChunk {
  std::string_view bytes;  // whole fields, some of which are no samples
  std::size_t first_sample = 0;
  std::size_t first_location = 0;
  std::size_t first_label = 0;
};

struct PprofCounts {
  // By CountPprof.
  std::size_t sample_types = 0;
  std::size_t samples = 0;
  std::size_t mappings = 0;
  std::size_t locations = 0;
  std::size_t functions = 0;
  std::size_t strings = 0;
  std::size_t string_bytes = 0;
  /// From the first to the last field of a kind, and what is between them:
  /// mostly nothing else, as writers leave them one behind the other. Those
  /// after the strings in number are one kind, kOtherFields.
  static constexpr auto kOtherFields = pprof_fields::Profile{0};
  std::string_view FieldsOf(pprof_fields::Profile kind) const {
    return spans[static_cast<std::size_t>(kind)];
  }
  std::array<std::string_view, 7> spans;

  // By CountContents.
  bool has_contents = false;
  std::size_t sample_locations = 0;
  std::size_t sample_values = 0;
  std::size_t sample_labels = 0;
  std::size_t lines = 0;
  /// Of the message from its first sample on; in order, without gaps.
  std::vector<SampleChunk> sample_chunks;
  /// How many values the first sample has, and the first that has others.
  std::optional<std::size_t> first_values;
  std::optional<std::size_t> other_values;

  /// What a Profile of this size takes in memory.
  std::size_t decoded_bytes() const;
};

/// One walk over the fields of the message, up to the first thing wrong with
/// its bytes. Fields of a wrong kind count as nothing here.
PprofCounts CountPprof(std::string_view message, WireProblem& problem);
/// Another one, into samples and locations.
void CountContents(PprofCounts& counts, WireProblem& problem);

}  // namespace pmcp::profile
