#include "store/last_question.h"

#include <fmt/format.h>

#include <utility>

namespace pmcp::store {
namespace {

/// Writes texts with their lengths, so that different lists give different
/// keys.
void AppendTexts(const std::vector<std::string>& texts, std::string& key) {
  key += fmt::format("{};", texts.size());
  for (const std::string& text : texts) {
    key += fmt::format("{}:{};", text.size(), text);
  }
}

/// A key that is equal for equal questions only.
std::string KeyOf(const Snapshot& snapshot,
                  const source::StacktraceQuery& query) {
  const source::ProfileQuery& profiles = query.profiles;
  const source::SampleSelection& samples = query.samples;
  std::string key = fmt::format("{};{};{};{};", snapshot.number,
                                profiles.range.from.time_since_epoch().count(),
                                profiles.range.to.time_since_epoch().count(),
                                fmt::join(samples.span_ids, ","));
  AppendTexts({profiles.type.Id(), profiles.selector.ToString()}, key);
  AppendTexts(samples.trace_ids, key);
  AppendTexts(samples.profile_ids, key);
  AppendTexts(samples.call_site, key);
  return key;
}

}  // namespace

std::optional<profile::Stacks> LastQuestion::Find(
    const Snapshot& snapshot, const source::StacktraceQuery& query) const {
  const std::string key = KeyOf(snapshot, query);
  const std::lock_guard lock(mutex_);
  if (key_ != key) return std::nullopt;
  return stacks_;
}

void LastQuestion::Keep(const Snapshot& snapshot,
                        const source::StacktraceQuery& query,
                        profile::Stacks stacks) {
  std::string key = KeyOf(snapshot, query);
  const std::lock_guard lock(mutex_);
  key_ = std::move(key);
  stacks_ = std::move(stacks);
  set_aside_(stacks_->memory_bytes());
}

void LastQuestion::Clear() {
  const std::lock_guard lock(mutex_);
  key_.clear();
  stacks_ = std::nullopt;
  set_aside_(0);
}

}  // namespace pmcp::store
