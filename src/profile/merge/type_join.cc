#include "profile/merge/type_join.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>

namespace pmcp::profile {
namespace {

/// The types that pprof shows first although they are not the last ones.
constexpr std::string_view kFirstShown[] = {"cpu", "inuse_space"};

}  // namespace

void TypeJoin::Add(Profile profile) {
  const SampleTable old = std::exchange(profile.samples, SampleTable());
  profile.samples.SetValueCount(types_.size());
  profile.samples.Reserve(old.size(), old.all_locations().size(), 0);
  std::vector<std::int64_t> values(types_.size());
  for (std::size_t sample = 0; sample < old.size(); ++sample) {
    values[next_] = old.values(sample).front();
    profile.samples.Append(old.locations(sample), values, {});
  }
  ++next_;
  profile.default_sample_type = 0;
  profile.sample_types.clear();
  for (const auto& type : types_) {
    profile.sample_types.push_back({profile.strings.Intern(type.sample_type),
                                    profile.strings.Intern(type.sample_unit)});
  }
  std::vector<std::uint32_t> all(profile.samples.size());
  std::iota(all.begin(), all.end(), 0u);
  merge_.Add(profile, all);
}

Result<Profile> TypeJoin::Finish() && {
  PMCP_TRY(joined, std::move(merge_).Finish());
  for (const std::string_view name : kFirstShown) {
    if (std::ranges::find(types_, name, &ProfileType::sample_type) !=
        types_.end()) {
      joined.default_sample_type = joined.strings.Intern(name);
    }
  }
  return std::move(joined);
}

}  // namespace pmcp::profile
