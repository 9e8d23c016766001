// SampleIds: which span and trace each sample of a profile belongs to. A column
// of its own and no label: every request has new ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::store {

/// The sample labels that carry ids. `profile_id` is an older name of span_id.
bool IsIdLabel(std::string_view key);

class SampleIds {
 public:
  SampleIds() = default;
  /// An id that is not 16 (span) or 32 (trace) hex digits counts as none.
  explicit SampleIds(const profile::Profile& profile);

  /// 0: none.
  std::uint64_t span(std::size_t sample) const {
    return sample < spans_.size() ? spans_[sample] : 0;
  }
  /// 16 bytes, or empty.
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

  // Both stay empty in a profile without such ids, as most are.
  std::vector<std::uint64_t> spans_;
  std::vector<std::uint32_t> traces_;  // 0: none, else the place behind it
  std::string trace_bytes_;            // the ids one after the other
};

}  // namespace pmcp::store
