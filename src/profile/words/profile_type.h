// ProfileType: what a profile measures, in Pyroscope's notation:
// name:sample_type:sample_unit:period_type:period_unit.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::profile {

struct ProfileType {
  std::string name;         // "process_cpu", the label __name__
  std::string sample_type;  // "cpu"
  std::string sample_unit;  // "nanoseconds"
  std::string period_type;  // "cpu"; may be empty
  std::string period_unit;  // "nanoseconds"; may be empty

  /// "process_cpu:cpu:nanoseconds:cpu:nanoseconds".
  std::string Id() const;

  /// Accepts what Pyroscope accepts: five fields, or six, of which the last
  /// (":delta") is ignored. Fields may be empty. tools/args/query_args resolves
  /// short names such as "cpu".
  static Result<ProfileType> Parse(std::string_view id);

  auto operator<=>(const ProfileType&) const = default;
};

}  // namespace pmcp::profile
