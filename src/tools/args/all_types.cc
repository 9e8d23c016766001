#include "tools/args/all_types.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::tools {
namespace {

using profile::ProfileType;

constexpr std::string_view kAll = "all";
constexpr std::string_view kAllOfAKind = ":all";

/// "memory" for "memory:all", "" for "all"; nullopt for one type.
std::optional<std::string_view> KindNamedBy(std::string_view profile_type) {
  const std::string_view text = Trim(profile_type);
  if (text == kAll) return "";
  if (!text.ends_with(kAllOfAKind)) return std::nullopt;
  const auto kind = text.substr(0, text.size() - kAllOfAKind.size());
  if (kind.empty() || kind.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  return kind;
}

/// The types without what differs within one kind of profile, each once.
std::vector<ProfileType> KindsOf(const std::vector<ProfileType>& types) {
  std::vector<ProfileType> kinds;
  for (ProfileType kind : types) {
    kind.sample_type = kAll;
    kind.sample_unit.clear();
    kinds.push_back(std::move(kind));
  }
  std::ranges::sort(kinds);
  const auto surplus = std::ranges::unique(kinds);
  kinds.erase(surplus.begin(), surplus.end());
  return kinds;
}

/// `kinds` are sorted by name.
std::string ListKinds(const std::vector<ProfileType>& kinds) {
  constexpr std::size_t kMostListed = 12;
  std::vector<std::string> names;
  for (const ProfileType& kind : kinds) {
    const std::string name = Sanitize(kind.name) + std::string(kAllOfAKind);
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  if (names.size() > kMostListed) {
    const std::size_t surplus = names.size() - kMostListed;
    names.resize(kMostListed);
    names.push_back(fmt::format("and {} more", surplus));
  }
  return Join(names, ", ");
}

Result<ProfileType> ChooseKind(std::string_view name,
                               const std::vector<ProfileType>& known) {
  const std::vector<ProfileType> all = KindsOf(known);
  // There is no data: the answer is empty and explains why.
  if (all.empty()) return ProfileType{.sample_type = std::string(kAll)};
  std::vector<ProfileType> kinds = all;
  std::erase_if(kinds, [name](const ProfileType& kind) {
    return !name.empty() && kind.name != name;
  });
  if (kinds.size() == 1) return std::move(kinds.front());
  if (kinds.empty()) {
    return NotFound(fmt::format("no profiles called \"{}\" here",
                                Shorten(Sanitize(name), 80)),
                    fmt::format("Use one of: {}.", ListKinds(all)));
  }
  if (!name.empty()) {
    return InvalidArgument(
        fmt::format("the profiles called \"{}\" have {} types of periods, so "
                    "they cannot be one file",
                    Shorten(Sanitize(name), 80), kinds.size()),
        "Narrow with service or selector.");
  }
  return InvalidArgument(
      fmt::format("{} kinds of profiles match, which cannot be one file",
                  kinds.size()),
      fmt::format("Narrow with service, or export one kind with "
                  "profile_type: {}.",
                  ListKinds(kinds)));
}

}  // namespace

Result<AskedProfiles> ResolveExportQuery(const ProfileQuestionArgs& args,
                                         const Deps& deps,
                                         const CallContext& call) {
  const auto name = KindNamedBy(args.profile_type);
  if (!name) return ResolveProfileQuery(args, deps, call);
  PMCP_TRY(labels, ResolveLabelQuery(args, deps, call));
  PMCP_TRY(known, labels.source->ProfileTypes(labels.query, call));
  PMCP_TRY(kind, ChooseKind(*name, known.data));
  const TimeRange range = labels.range;
  source::ProfileQuery query{std::move(kind), std::move(labels.query.selector),
                             range};
  return AskedProfiles{{std::move(labels.asked())}, std::move(query), "", true};
}

}  // namespace pmcp::tools
