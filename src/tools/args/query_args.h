// What the arguments that all tools share mean: which source, which series,
// which profile type, which window. The only lenient place: short names of
// profile types, selectors without braces and words for times are understood
// here; below, source/query is as strict as the server.
#pragma once

#include <string>
#include <string_view>

#include "base/call_context.h"
#include "base/result.h"
#include "base/time_range.h"
#include "profile/words/profile_type.h"
#include "profile/words/selector.h"
#include "source/query.h"
#include "source/sources.h"
#include "tools/args/deps.h"

namespace pmcp::tools {

/// The shared arguments as they came.
struct QueryTexts {
  std::string_view source;
  std::string_view service;
  std::string_view selector;
  std::string_view profile_type;
  std::string_view from;
  std::string_view to;
};

/// The shared arguments of a tool's Args; a tool without profile types has no
/// such field.
template <typename Args>
QueryTexts TextsOf(const Args& args) {
  QueryTexts texts{.source = args.source,
                   .service = args.service,
                   .selector = args.selector,
                   .from = args.from,
                   .to = args.to};
  if constexpr (requires { args.profile_type; }) {
    texts.profile_type = args.profile_type;
  }
  return texts;
}

/// What the head of an answer states, and whom to ask.
struct AskedSource {
  std::string name;
  bool is_only_source = true;  // so that nobody has to name it
  const source::ProfileSource* source = nullptr;  // never null when resolved
  TimeRange range;
  bool is_default_window = false;
};

struct AskedLabels : AskedSource {
  source::LabelQuery query;

  AskedSource& asked() { return *this; }
};

struct AskedProfiles : AskedSource {
  source::ProfileQuery query;
  std::string type_note;  // of AskedType
};

/// For questions about labels and types.
Result<AskedLabels> ResolveLabelQuery(const QueryTexts& texts, const Deps& deps,
                                      const CallContext& call);

/// For questions about profiles of one type.
Result<AskedProfiles> ResolveProfileQuery(const QueryTexts& texts,
                                          const Deps& deps,
                                          const CallContext& call);

/// `service` and `selector` as one selector; braces are optional.
Result<profile::LabelSelector> ParseSelector(std::string_view service,
                                             std::string_view selector);

struct AskedType {
  profile::ProfileType type;
  /// A sentence when `type` was chosen among several; else empty.
  std::string note;
};

/// `text` is a full ID, a sample type ("alloc_space"), a profile name
/// ("goroutine"), the front of an ID ("memory:inuse_space"), or a word that
/// people use ("heap", "mutex"); short names in any case. Several matches and
/// none, where `known` is not empty, are errors that list what there is.
/// Empty, it means CPU time; where there is none, wall time, else the only
/// kind of profile there is.
Result<AskedType> ResolveProfileType(
    std::string_view text, const std::vector<profile::ProfileType>& known);

}  // namespace pmcp::tools
