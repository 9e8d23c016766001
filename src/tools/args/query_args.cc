#include "tools/args/query_args.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"
#include "profile/words/labels.h"

namespace pmcp::tools {
namespace {

using profile::LabelSelector;
using profile::ProfileType;

bool IsNameCharacter(char c) {
  return c == '_' || c == ':' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether `text` is a selector in Prometheus syntax: `{…}` or `name{…}`.
bool HasBraces(std::string_view text) {
  const auto name = std::find_if_not(text.begin(), text.end(), IsNameCharacter);
  return name != text.end() && *name == '{';
}

Result<AskedSource> ResolveSource(const QuestionArgs& args, const Deps& deps,
                                  const CallContext& call) {
  PMCP_TRY(named, deps.sources.Find(args.source));
  PMCP_TRY(fallback, named->source->DefaultWindow(call));
  PMCP_TRY(range,
           ParseTimeRange(args.from, args.to, fallback.data, deps.clock));
  return AskedSource{
      .name = named->name,
      .is_only_source = deps.sources.all().size() == 1,
      .source = named->source.get(),
      .range = range,
      .is_default_window = Trim(args.from).empty() && Trim(args.to).empty()};
}

/// The types whose `part` is `text`.
std::vector<ProfileType> TypesWith(const std::vector<ProfileType>& known,
                                   std::string ProfileType::*part,
                                   std::string_view text) {
  std::vector<ProfileType> found;
  for (const auto& type : known) {
    if (type.*part == text) found.push_back(type);
  }
  return found;
}

std::vector<ProfileType> TypesThatBegin(const std::vector<ProfileType>& known,
                                        std::string_view text) {
  std::vector<ProfileType> found;
  for (const auto& type : known) {
    if (type.Id().starts_with(std::string(text) + ":")) found.push_back(type);
  }
  return found;
}

std::string ListIds(const std::vector<ProfileType>& types) {
  constexpr std::size_t kMostListed = 12;
  std::vector<std::string> ids;
  for (const auto& type : types) {
    if (ids.size() == kMostListed) {
      ids.push_back(fmt::format("and {} more", types.size() - kMostListed));
      break;
    }
    ids.push_back(type.Id());
  }
  return Join(ids, ", ");
}

Error UnknownType(std::string_view text,
                  const std::vector<ProfileType>& known) {
  std::vector<std::string> names;
  for (const auto& type : known) {
    names.push_back(type.sample_type);
    names.push_back(type.name);
    names.push_back(type.Id());
  }
  const auto nearest = ClosestMatch(text, names);
  return NotFound(
      fmt::format("no profile type \"{}\" here", Shorten(Sanitize(text), 80)),
      fmt::format("{}Use one of: {}. list_profile_types shows the types of "
                  "each service.",
                  nearest ? fmt::format("Did you mean \"{}\"? ", *nearest) : "",
                  ListIds(known)));
}

Error AmbiguousType(std::string_view text,
                    const std::vector<ProfileType>& found) {
  return InvalidArgument(
      fmt::format("profile_type \"{}\" matches {} types",
                  Shorten(Sanitize(text), 80), found.size()),
      fmt::format("Narrow with service, or give a full ID: {}.",
                  ListIds(found)));
}

/// The number of colons of a full ID.
constexpr std::ptrdiff_t kColonsOfAnId = 4;

}  // namespace

Result<LabelSelector> ParseSelector(std::string_view service,
                                    std::string_view selector) {
  std::string text(Trim(selector));
  if (!HasBraces(text)) text = "{" + text + "}";
  PMCP_TRY(parsed, LabelSelector::Parse(text));
  if (!Trim(service).empty()) {
    parsed.Add(LabelSelector::Equals(std::string(profile::kLabelServiceName),
                                     std::string(Trim(service))));
  }
  return std::move(parsed);
}

Result<ProfileType> ResolveProfileType(std::string_view text,
                                       const std::vector<ProfileType>& known) {
  const std::string_view wanted = Trim(text);
  if (std::count(wanted.begin(), wanted.end(), ':') >= kColonsOfAnId) {
    return ProfileType::Parse(wanted);
  }
  auto found = TypesWith(known, &ProfileType::sample_type, wanted);
  if (found.empty()) found = TypesWith(known, &ProfileType::name, wanted);
  if (found.empty()) found = TypesThatBegin(known, wanted);
  if (found.size() == 1) return found.front();
  if (found.size() > 1) return AmbiguousType(wanted, found);
  if (!known.empty()) return UnknownType(wanted, known);
  // There is no data: the answer is empty and explains why.
  return ProfileType{.sample_type = std::string(wanted)};
}

Result<AskedLabels> ResolveLabelQuery(const QuestionArgs& args,
                                      const Deps& deps,
                                      const CallContext& call) {
  PMCP_TRY(asked, ResolveSource(args, deps, call));
  PMCP_TRY(selector, ParseSelector(args.service, args.selector));
  const TimeRange range = asked.range;
  return AskedLabels{std::move(asked), {std::move(selector), range}};
}

Result<AskedProfiles> ResolveProfileQuery(const ProfileQuestionArgs& args,
                                          const Deps& deps,
                                          const CallContext& call) {
  PMCP_TRY(labels, ResolveLabelQuery(args, deps, call));
  PMCP_TRY(known, labels.source->ProfileTypes(labels.query, call));
  PMCP_TRY(type, ResolveProfileType(args.profile_type, known.data));
  const TimeRange range = labels.range;
  source::ProfileQuery query{std::move(type), std::move(labels.query.selector),
                             range};
  return AskedProfiles{std::move(labels.asked()), std::move(query)};
}

}  // namespace pmcp::tools
