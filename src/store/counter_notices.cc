#include "store/counter_notices.h"

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>

namespace pmcp::store {
namespace {

/// "1 profile", "4 profiles".
std::string Profiles(std::size_t count) {
  return fmt::format("{} profile{}", count, count == 1 ? "" : "s");
}

std::string AfterRestart(std::size_t count) {
  if (count == 0) return "";
  return fmt::format("; {} began again at 0, after a restart of the process",
                     Profiles(count));
}

}  // namespace

std::vector<source::Notice> CounterNotices(
    const ProfileStore& store, const source::ProfileQuery& query,
    const std::vector<std::string>& profile_ids) {
  const std::string_view type = query.type.sample_type;
  if (!IsCounterType(type)) return {};
  std::map<CounterPlace, std::set<std::uint32_t>> files;
  for (const StoredRow* row : store.Select(query, profile_ids)) {
    files[store.PlaceOf(*row)].insert(row->file);
  }
  std::vector<source::Notice> notices;
  const std::size_t restarts = files[CounterPlace::kRestart].size();
  if (const std::size_t added = files[CounterPlace::kNext].size() + restarts;
      added > 0) {
    notices.push_back({fmt::format(
        "{} counts since the start of the process, so profiles are not added "
        "up: shown is what {} added to the one before{}",
        type,
        added == 1 ? "1 profile" : fmt::format("each of {} profiles", added),
        AfterRestart(restarts))});
  }
  if (const std::size_t alone = files[CounterPlace::kAlone].size() +
                                files[CounterPlace::kFirst].size();
      alone > 0) {
    notices.push_back({fmt::format(
        "{} counts since the start of the process: {} without an earlier one "
        "{} shown as {}",
        type, Profiles(alone), alone == 1 ? "is" : "are",
        alone == 1 ? "it is" : "they are")});
  }
  if (const std::size_t apart = files[CounterPlace::kApart].size(); apart > 0) {
    notices.push_back({fmt::format(
        "{} of {} is added up, as they do not grow like the counters of one "
        "process",
        type, Profiles(apart))});
  }
  return notices;
}

std::vector<source::Notice> CounterNotices(const ProfileStore& store,
                                           const source::ExportQuery& query) {
  if (!query.all_types) {
    return CounterNotices(store, query.profiles, query.samples.profile_ids);
  }
  std::set<std::uint32_t> continued;
  for (const StoredRow* row : store.Select(query)) {
    if (store.PlaceOf(*row) == CounterPlace::kNext) continued.insert(row->file);
  }
  if (continued.empty()) return {};
  return {{fmt::format(
      "{} also {} what was counted before, since the start of the process, and "
      "{} added up with the others; an export of one type, such as "
      "alloc_space, "
      "has the difference",
      Profiles(continued.size()), continued.size() == 1 ? "has" : "have",
      continued.size() == 1 ? "is" : "are")}};
}

}  // namespace pmcp::store
