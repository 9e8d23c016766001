// Resolves the arguments of QuestionArgs to a source, a selector, a profile
// type and a window. The only lenient parser: it accepts short names of profile
// types, selectors without braces and relative times, while source/query is as
// strict as a Pyroscope.
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
#include "tools/args/question_args.h"

namespace pmcp::tools {

/// The source and the window of a query, which the head of an answer states.
struct AskedSource {
  std::string name;
  bool is_only_source = true;  // then `source` is optional in a call
  const source::ProfileSource* source = nullptr;  // not null once resolved
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
  /// All sample types of the kind of profile that `query.type` names
  /// (all_types.h).
  bool is_all_types = false;
};

/// Resolves a question about labels or profile types.
Result<AskedLabels> ResolveLabelQuery(const QuestionArgs& args,
                                      const Deps& deps,
                                      const CallContext& call);

/// Resolves a question about profiles of one type.
Result<AskedProfiles> ResolveProfileQuery(const ProfileQuestionArgs& args,
                                          const Deps& deps,
                                          const CallContext& call);

/// Joins `service` and `selector` into one selector; braces are optional.
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
