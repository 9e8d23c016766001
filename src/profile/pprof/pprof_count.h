// PprofCounts: the number and the place of the fields of a profile.proto
// message, so that the decoder can allocate exactly, refuse a message that
// exceeds the limits, and read only the bytes that have the fields it needs.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "profile/pprof/pprof_fields.h"
#include "profile/pprof/wire_fields.h"

namespace pmcp::profile {

/// Samples that one thread decodes, and their place in the columns of the
/// table.
struct SampleChunk {
  std::string_view bytes;  // whole fields, not all of which are samples
  std::size_t first_sample = 0;
  std::size_t first_location = 0;
  std::size_t first_label = 0;
};

struct PprofCounts {
  // Set by CountPprof.
  std::size_t sample_types = 0;
  std::size_t samples = 0;
  std::size_t mappings = 0;
  std::size_t locations = 0;
  std::size_t functions = 0;
  std::size_t strings = 0;
  std::size_t string_bytes = 0;
  /// The bytes from the first to the last field of a kind. They rarely contain
  /// other fields, as writers keep fields of one kind together. Fields with
  /// larger tags than the strings are one kind, kOtherFields.
  static constexpr auto kOtherFields = pprof_fields::Profile{0};
  std::string_view FieldsOf(pprof_fields::Profile kind) const {
    return spans[static_cast<std::size_t>(kind)];
  }
  std::array<std::string_view, 7> spans;

  // Set by CountContents.
  bool has_contents = false;
  std::size_t sample_locations = 0;
  std::size_t sample_values = 0;
  std::size_t sample_labels = 0;
  std::size_t lines = 0;
  /// Consecutive ranges of the message from the first to the last sample.
  std::vector<SampleChunk> sample_chunks;
  /// The number of values of the first sample, and of the first sample with
  /// another number of values.
  std::optional<std::size_t> first_values;
  std::optional<std::size_t> other_values;

  /// The bytes that a Profile of this size takes in memory.
  std::size_t decoded_bytes() const;
};

/// Counts the fields of the message, up to the first error in its bytes.
/// Ignores fields with the wrong wire type.
PprofCounts CountPprof(std::string_view message, WireProblem& problem);
/// Counts the fields inside samples and locations.
void CountContents(PprofCounts& counts, WireProblem& problem);

}  // namespace pmcp::profile
