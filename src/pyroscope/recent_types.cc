#include "pyroscope/recent_types.h"

namespace pmcp::pyroscope {
namespace {

bool IsNear(TimePointMs a, TimePointMs b) {
  return std::chrono::abs(a - b) <= RecentTypes::kKeptTime;
}

}  // namespace

std::optional<std::vector<profile::ProfileType>> RecentTypes::Find(
    const source::LabelQuery& query) const {
  const auto now = now_();
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(query.selector.ToString());
  if (found == kept_.end()) return std::nullopt;
  const Kept& kept = found->second;
  const bool holds = now - kept.at < kKeptTime &&
                     IsNear(kept.range.from, query.range.from) &&
                     IsNear(kept.range.to, query.range.to);
  return holds ? std::optional(kept.types) : std::nullopt;
}

void RecentTypes::Keep(const source::LabelQuery& query,
                       const std::vector<profile::ProfileType>& types) {
  const auto now = now_();
  const std::lock_guard lock(mutex_);
  if (types.empty()) {
    kept_.erase(query.selector.ToString());
    return;
  }
  if (kept_.size() >= kMostKept) {
    std::erase_if(kept_, [now](const auto& entry) {
      return now - entry.second.at >= kKeptTime;
    });
  }
  if (kept_.size() >= kMostKept) kept_.clear();
  kept_[query.selector.ToString()] = {query.range, types, now};
}

}  // namespace pmcp::pyroscope
