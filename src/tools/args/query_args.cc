#include "tools/args/query_args.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"
#include "profile/words/labels.h"
#include "tools/args/dotted_names.h"

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

constexpr std::string_view kNull = "null";

/// Some clients fill an argument that they do not have with the text "null".
std::string_view WithoutNull(std::string_view text) {
  return Trim(text) == kNull ? "" : text;
}

Result<AskedSource> ResolveSource(const QuestionArgs& args, const Deps& deps,
                                  const CallContext& call) {
  const bool has_source =
      Trim(args.source) != kNull || deps.sources.Find(args.source).ok();
  PMCP_TRY(named, deps.sources.Find(has_source ? args.source : ""));
  PMCP_TRY(fallback, named->source->DefaultWindow(call));
  PMCP_TRY(range, ParseTimeRange(WithoutNull(args.from), WithoutNull(args.to),
                                 fallback.data, deps.clock));
  return AskedSource{
      .name = named->name,
      .is_only_source = deps.sources.all().size() == 1,
      .source = named->source.get(),
      .range = range,
      .is_default_window = Trim(WithoutNull(args.from)).empty() &&
                           Trim(WithoutNull(args.to)).empty()};
}

/// The service that a question is about; "" for "null" unless there is one of
/// that name.
Result<std::string_view> ResolveService(const QuestionArgs& args,
                                        const AskedSource& asked,
                                        const CallContext& call) {
  if (Trim(args.service) != kNull) return std::string_view(args.service);
  PMCP_TRY(services, asked.source->LabelValues(profile::kLabelServiceName,
                                               {{}, asked.range}, call));
  const bool is_there =
      std::ranges::find(services.data, kNull) != services.data.end();
  return is_there ? kNull : std::string_view();
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// The types whose `part` is `text` (in lower case).
std::vector<ProfileType> TypesWith(const std::vector<ProfileType>& known,
                                   std::string ProfileType::*part,
                                   std::string_view text) {
  std::vector<ProfileType> found;
  for (const auto& type : known) {
    if (LowerCase(type.*part) == text) found.push_back(type);
  }
  return found;
}

std::vector<ProfileType> TypesThatBegin(const std::vector<ProfileType>& known,
                                        std::string_view text) {
  std::vector<ProfileType> found;
  for (const auto& type : known) {
    if (LowerCase(type.Id()).starts_with(std::string(text) + ":")) {
      found.push_back(type);
    }
  }
  return found;
}

/// A word that people use for a profile type.
struct TypeWord {
  std::string_view word;
  std::string_view name;  // "" for any
  std::string_view sample_type;
};

constexpr TypeWord kTypeWords[] = {
    {"process_cpu", "process_cpu", "cpu"},
    {"mutex", "mutex", "delay"},
    {"lock", "mutex", "delay"},
    {"contention", "mutex", "delay"},
    {"block", "block", "delay"},
    {"heap", "", "inuse_space"},
    {"memory", "", "inuse_space"},
    {"mem", "", "inuse_space"},
    {"inuse", "", "inuse_space"},
    {"alloc", "", "alloc_space"},
    {"allocs", "", "alloc_space"},
    {"goroutines", "", "goroutine"},
};

/// The types that `text` (in lower case) means as such a word.
std::vector<ProfileType> TypesMeantBy(const std::vector<ProfileType>& known,
                                      std::string_view text) {
  const auto* meant = std::ranges::find(kTypeWords, text, &TypeWord::word);
  if (meant == std::end(kTypeWords)) return {};
  auto found = TypesWith(known, &ProfileType::sample_type, meant->sample_type);
  std::erase_if(found, [meant](const ProfileType& type) {
    return !meant->name.empty() && type.name != meant->name;
  });
  return found;
}

/// As the arguments of all tools take it.
std::string FrontOf(const ProfileType& type) {
  return type.name + ":" + type.sample_type;
}

/// "; also there: memory:alloc_objects, memory:alloc_space", the other types of
/// the same profiles.
std::string AlsoThere(const ProfileType& chosen,
                      const std::vector<ProfileType>& known) {
  std::vector<std::string> others;
  for (const auto& type : known) {
    if (type.name != chosen.name || type.sample_type == chosen.sample_type) {
      continue;
    }
    const std::string front = Sanitize(FrontOf(type));
    if (std::ranges::find(others, front) == others.end()) {
      others.push_back(front);
    }
  }
  return others.empty() ? "" : "; also there: " + Join(others, ", ");
}

AskedType MeantByWord(std::string_view text, const ProfileType& type,
                      const std::vector<ProfileType>& known) {
  const std::string others = AlsoThere(type, known);
  if (others.empty()) return {type, ""};
  return {type, fmt::format("profile_type \"{}\" is taken as {}{}.", text,
                            Sanitize(FrontOf(type)), others)};
}

/// Without CPU time: wall time, or the only kind of profile there is.
std::optional<AskedType> TypeInPlaceOfCpu(
    const std::vector<ProfileType>& known) {
  auto found = TypesWith(known, &ProfileType::sample_type, "wall");
  if (found.empty() && !known.empty() &&
      std::ranges::all_of(known, [&known](const ProfileType& type) {
        return type.name == known.front().name;
      })) {
    found = known.size() == 1
                ? known
                : TypesMeantBy(known, LowerCase(known.front().name));
  }
  if (found.size() != 1) return std::nullopt;
  const ProfileType& type = found.front();
  return AskedType{
      type, fmt::format("No CPU time was measured here, so without "
                        "profile_type this is {}{}.",
                        Sanitize(FrontOf(type)), AlsoThere(type, known))};
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

/// The type, if `text` is a full ID and nothing else: a name with colons makes
/// an ID of more parts.
std::optional<AskedType> FullId(std::string_view text) {
  const std::string_view id = Trim(text);
  if (std::count(id.begin(), id.end(), ':') != kColonsOfAnId) {
    return std::nullopt;
  }
  auto type = ProfileType::Parse(id);
  if (!type.ok()) return std::nullopt;
  return AskedType{*std::move(type), ""};
}

/// Resolves a name with the types that the source has named lately, and with
/// those of now if that fails.
Result<AskedType> ResolveName(std::string_view text, const AskedLabels& labels,
                              const CallContext& call) {
  if (auto type = FullId(text)) return *std::move(type);
  PMCP_TRY(recent, labels.source->RecentProfileTypes(labels.query, call));
  auto type = ResolveProfileType(text, recent.data);
  if (type.ok() || recent.data.empty()) return type;
  PMCP_TRY(known, labels.source->ProfileTypes(labels.query, call));
  return ResolveProfileType(text, known.data);
}

}  // namespace

Result<LabelSelector> ParseSelector(std::string_view service,
                                    std::string_view selector) {
  std::string text = QuoteDottedNames(Trim(selector));
  if (!HasBraces(text)) text = "{" + text + "}";
  PMCP_TRY(parsed, LabelSelector::Parse(text));
  if (!Trim(service).empty()) {
    parsed.Add(LabelSelector::Equals(std::string(profile::kLabelServiceName),
                                     std::string(Trim(service))));
  }
  return std::move(parsed);
}

Result<AskedType> ResolveProfileType(std::string_view text,
                                     const std::vector<ProfileType>& known) {
  std::string_view given = Trim(text);
  if (given == kNull &&
      TypesWith(known, &ProfileType::sample_type, kNull).empty()) {
    given = {};
  }
  // A name in an ID may have colons, such as perf's "cycles:u".
  const auto same = std::ranges::find(known, given, &ProfileType::Id);
  if (same != known.end()) return AskedType{*same, ""};
  if (std::count(given.begin(), given.end(), ':') >= kColonsOfAnId) {
    PMCP_TRY(type, ProfileType::Parse(given));
    return AskedType{std::move(type), ""};
  }
  const std::string_view shown = given.empty() ? "cpu" : given;
  const std::string wanted = LowerCase(shown);
  auto found = TypesWith(known, &ProfileType::sample_type, wanted);
  if (found.empty()) found = TypesWith(known, &ProfileType::name, wanted);
  if (found.empty()) found = TypesThatBegin(known, wanted);
  if (found.size() == 1) return AskedType{found.front(), ""};
  auto meant = TypesMeantBy(known, wanted);
  if (meant.size() == 1) return MeantByWord(shown, meant.front(), known);
  if (!meant.empty()) found = std::move(meant);
  if (found.size() > 1) return AmbiguousType(shown, found);
  if (given.empty()) {
    if (auto other = TypeInPlaceOfCpu(known)) return *std::move(other);
  }
  if (!known.empty()) return UnknownType(shown, known);
  // There is no data: the answer is empty and explains why.
  return AskedType{{.sample_type = std::string(shown)}, ""};
}

Result<AskedLabels> ResolveLabelQuery(const QuestionArgs& args,
                                      const Deps& deps,
                                      const CallContext& call) {
  PMCP_TRY(asked, ResolveSource(args, deps, call));
  PMCP_TRY(service, ResolveService(args, asked, call));
  PMCP_TRY(selector, ParseSelector(service, WithoutNull(args.selector)));
  const TimeRange range = asked.range;
  return AskedLabels{std::move(asked), {std::move(selector), range}};
}

Result<AskedProfiles> ResolveProfileQuery(const ProfileQuestionArgs& args,
                                          const Deps& deps,
                                          const CallContext& call) {
  PMCP_TRY(labels, ResolveLabelQuery(args, deps, call));
  PMCP_TRY(type, ResolveName(args.profile_type, labels, call));
  const TimeRange range = labels.range;
  source::ProfileQuery query{std::move(type.type),
                             std::move(labels.query.selector), range};
  return AskedProfiles{{std::move(labels.asked())},
                       std::move(query),
                       std::move(type.note),
                       false};
}

}  // namespace pmcp::tools
