// SampleIds: the span and the trace of each sample of a profile. They are
// columns and not labels of series, because every request has new ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// Whether a sample label has the id of a span or a trace: span_id, trace_id,
/// or profile_id, an older name of span_id.
bool IsIdLabel(std::string_view key);

class SampleIds {
 public:
  SampleIds() = default;
  /// Ignores ids that are not 16 (span) or 32 (trace) hex digits.
  explicit SampleIds(const profile::Profile& profile);

  /// 0 if there is none.
  std::uint64_t span(std::size_t sample) const {
    return sample < spans_.size() ? spans_[sample] : 0;
  }
  /// 16 bytes; empty if there is none.
  std::string_view trace(std::size_t sample) const {
    if (sample >= traces_.size() || traces_[sample] == 0) return {};
    return std::string_view(trace_bytes_)
        .substr((traces_[sample] - 1) * kTraceBytes, kTraceBytes);
  }

  std::size_t memory_bytes() const;

 private:
  static constexpr std::size_t kTraceBytes = 16;

  void SetSpan(std::size_t sample, std::size_t samples, std::string_view hex);
  void SetTrace(std::size_t sample, std::size_t samples, std::string_view hex);

  // Both are empty for a profile without such ids, as most profiles.
  std::vector<std::uint64_t> spans_;
  std::vector<std::uint32_t> traces_;  // 0: none; else 1 + the id's number
  std::string trace_bytes_;            // all ids, of 16 bytes each
};

}  // namespace pmcp::store
