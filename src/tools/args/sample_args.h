// The arguments that select samples inside profiles, which several tools share.
#pragma once

#include <string>
#include <string_view>

#include "source/query.h"

namespace pmcp::tools {

template <typename Args>
source::SampleSelectionTexts SampleTextsOf(const Args& args) {
  return {.span_ids = args.span_ids,
          .trace_ids = args.trace_ids,
          .profile_ids = args.profile_ids,
          .call_site = args.call_site};
}

/// "call site main > serve; span 00f067aa0ba902b7", or "" if all samples are
/// selected.
std::string DescribeSamples(const source::SampleSelectionTexts& texts);

/// Appends "name value" to a description, unless `value` is empty.
void AppendPart(std::string_view name, std::string_view value,
                std::string& text);

}  // namespace pmcp::tools
