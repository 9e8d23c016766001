#include "source/export_by_type.h"

#include <utility>
#include <vector>

#include "profile/merge/type_join.h"

namespace pmcp::source {
namespace {

using profile::ProfileType;

Result<std::vector<ProfileType>> TypesOfKind(const ProfileSource& source,
                                             const ProfileQuery& query,
                                             const CallContext& call) {
  PMCP_TRY(types, source.ProfileTypes({query.selector, query.range}, call));
  std::erase_if(types.data, [&kind = query.type](const ProfileType& type) {
    return type.name != kind.name || type.period_type != kind.period_type ||
           type.period_unit != kind.period_unit;
  });
  return std::move(types.data);
}

}  // namespace

Result<Answer<ExportedProfile>> ExportByType(const ProfileSource& source,
                                             const ExportQuery& query,
                                             const CallContext& call) {
  PprofQuery one{.profiles = query.profiles, .samples = query.samples};
  if (!query.all_types) {
    PMCP_TRY(merged, source.MergeProfile(one, call));
    return Answer<ExportedProfile>{{.profile = std::move(merged.data)},
                                   std::move(merged.notices)};
  }
  PMCP_TRY(types, TypesOfKind(source, query.profiles, call));
  profile::TypeJoin join(types);
  std::vector<Notice> notices;
  for (ProfileType& type : types) {
    one.profiles.type = std::move(type);
    PMCP_TRY(merged, source.MergeProfile(one, call));
    join.Add(std::move(merged.data));
    notices = std::move(merged.notices);
  }
  PMCP_TRY(joined, std::move(join).Finish());
  return Answer<ExportedProfile>{{.profile = std::move(joined)},
                                 std::move(notices)};
}

}  // namespace pmcp::source
