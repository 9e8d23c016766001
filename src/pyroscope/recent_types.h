// RecentTypes: the profile types that a server has named lately, by selector
// and window, so that short names resolve without a request. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time_range.h"
#include "profile/words/profile_type.h"
#include "source/query.h"

namespace pmcp::pyroscope {

class RecentTypes {
 public:
  using Now = std::function<std::chrono::steady_clock::time_point()>;
  /// Tests replace `now`.
  explicit RecentTypes(Now now = &std::chrono::steady_clock::now)
      : now_(std::move(now)) {}

  /// How long an answer is kept, and how far the window may have moved since.
  static constexpr std::chrono::minutes kKeptTime{1};
  static constexpr std::size_t kMostKept = 256;

  std::optional<std::vector<profile::ProfileType>> Find(
      const source::LabelQuery& query) const;
  /// Does not keep an empty answer: profiles may arrive at any time.
  void Keep(const source::LabelQuery& query,
            const std::vector<profile::ProfileType>& types);

 private:
  struct Kept {
    TimeRange range;
    std::vector<profile::ProfileType> types;
    std::chrono::steady_clock::time_point at;
  };

  const Now now_;
  mutable std::mutex mutex_;          // guards kept_
  std::map<std::string, Kept> kept_;  // by selector
};

}  // namespace pmcp::pyroscope
