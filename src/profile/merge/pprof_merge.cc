#include "profile/merge/pprof_merge.h"

#include <string_view>
#include <utility>

#include "base/time_range.h"
#include "profile/merge/truncate_samples.h"

namespace pmcp::profile {
namespace {

// Profiles do not keep it, so Pyroscope guesses by the name.
std::int64_t PeriodOf(std::string_view profile_name) {
  if (profile_name == "process_cpu") return 1'000'000'000;
  if (profile_name == "memory") return 512 * 1024;
  return 1;
}

// All samples that share a location see the change, those too in which it
// calls something: so does Pyroscope.
Profile AggregateCallees(Profile profile) {
  for (std::size_t sample = 0; sample < profile.samples.size(); ++sample) {
    const std::uint32_t leaf = profile.samples.locations(sample).front();
    const Location& location = profile.locations[leaf];
    if (location.line_count > 0) profile.lines[location.first_line].line = 0;
  }
  MergedProfiles again;
  again.Add(profile);
  return std::move(again).Finish();
}

}  // namespace

PprofMerge::PprofMerge(ProfileType type, TimePointMs end,
                       std::optional<PgoOptions> pgo, std::int64_t max_nodes)
    : type_(std::move(type)), end_(end), pgo_(pgo), max_nodes_(max_nodes) {}

void PprofMerge::Add(const Profile& profile,
                     std::span<const SamplePick> picks) {
  const std::size_t keep = pgo_ && pgo_->keep_locations > 0
                               ? pgo_->keep_locations
                               : MergedProfiles::kAllLocations;
  merge_.Add(profile, picks, keep);
}

Profile PprofMerge::Samples() && {
  Profile samples = std::move(merge_).Finish();
  if (!pgo_) return TruncateSamples(std::move(samples), max_nodes_);
  if (pgo_->aggregate_callees) return AggregateCallees(std::move(samples));
  return samples;
}

Profile PprofMerge::Finish() && {
  Profile merged = std::move(*this).Samples();
  StringTable& strings = merged.strings;
  merged.sample_types = {
      {strings.Intern(type_.sample_type), strings.Intern(type_.sample_unit)}};
  merged.default_sample_type = merged.sample_types[0].type;
  merged.has_period_type = true;
  merged.period_type = {strings.Intern(type_.period_type),
                        strings.Intern(type_.period_unit)};
  merged.period = PeriodOf(type_.name);
  // The duration stays 0: what was merged need not follow one another.
  merged.time_nanos = ToNanos(end_.time_since_epoch());
  return merged;
}

}  // namespace pmcp::profile
