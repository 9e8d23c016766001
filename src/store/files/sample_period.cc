#include "store/files/sample_period.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "profile/words/quantity.h"

namespace pmcp::store {
namespace {

using profile::Profile;
using profile::ValueType;

bool Is(const Profile& profile, const ValueType& type, std::string_view name,
        std::string_view unit) {
  return profile.strings[type.type] == name &&
         profile.strings[type.unit] == unit;
}

/// The index of samples/count, when its values can be made CPU time.
std::optional<std::size_t> CountIndex(const Profile& profile) {
  const bool has_period =
      profile.period > 0 && profile.has_period_type &&
      Is(profile, profile.period_type, "cpu", "nanoseconds");
  if (!has_period) return std::nullopt;
  std::optional<std::size_t> index;
  for (std::size_t i = 0; i < profile.sample_types.size(); ++i) {
    const ValueType& type = profile.sample_types[i];
    if (profile.strings[type.unit] == "nanoseconds") return std::nullopt;
    if (Is(profile, type, "samples", "count")) index = i;
  }
  return index;
}

std::int64_t Times(std::int64_t count, std::int64_t period) {
  std::int64_t product = 0;
  if (!__builtin_mul_overflow(count, period, &product)) return product;
  return count < 0 ? std::numeric_limits<std::int64_t>::min()
                   : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

void CountsAsCpuTime(Profile& profile, std::vector<std::string>& remarks) {
  const auto index = CountIndex(profile);
  if (!index) return;
  profile.sample_types.push_back(profile.period_type);
  const profile::SampleTable old =
      std::exchange(profile.samples, profile::SampleTable());
  profile.samples.SetValueCount(profile.sample_types.size());
  profile.samples.Reserve(old.size(), old.all_locations().size(),
                          old.all_labels().size());
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < old.size(); ++i) {
    const auto counts = old.values(i);
    values.assign(counts.begin(), counts.end());
    values.push_back(Times(counts[*index], profile.period));
    profile.samples.Append(old.locations(i), values, old.labels(i));
  }
  remarks.push_back(
      "counts samples; CPU time is the count times its period, " +
      profile::FormatQuantity(profile.period, profile::Unit::kNanoseconds));
}

}  // namespace pmcp::store
