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
#include "tools/args/question_args.h"

namespace pmcp::tools {

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
};

/// For questions about labels and types.
Result<AskedLabels> ResolveLabelQuery(const QuestionArgs& args,
                                      const Deps& deps,
                                      const CallContext& call);

/// For questions about profiles of one type.
Result<AskedProfiles> ResolveProfileQuery(const ProfileQuestionArgs& args,
                                          const Deps& deps,
                                          const CallContext& call);

/// `service` and `selector` as one selector; braces are optional.
Result<profile::LabelSelector> ParseSelector(std::string_view service,
                                             std::string_view selector);

/// `text` is a full ID, a sample type ("alloc_space"), a profile name
/// ("mutex"), or the front of an ID ("memory:inuse_space"). Several matches
/// and none, where `known` is not empty, are errors that list what there is.
Result<profile::ProfileType> ResolveProfileType(
    std::string_view text, const std::vector<profile::ProfileType>& known);

}  // namespace pmcp::tools
