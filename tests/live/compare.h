// Asks the tools the same of a folder and of a server that holds its profiles.
#pragma once

#include <map>
#include <string>

#include "base/time_range.h"
#include "source/profile_source.h"

namespace pmcp::live {

struct ToolCounts {
  int same = 0;
  int refused = 0;  // as what this server cannot do
  int all = 0;
};

struct Comparison {
  std::map<std::string, ToolCounts> tools;
  /// Calls that differ, with both answers; a few of them.
  std::string differences;

  bool AllSame() const;
  /// A line a tool: "top_series: 34 of 34 answers are the same".
  std::string ToText() const;
};

/// Every service and profile type in the window, as every tool shows it. Where
/// a server may show any of several equal profiles, any is right.
Comparison Compare(const source::ProfileSource& folder,
                   const source::ProfileSource& server,
                   const std::string& selector, const TimeRange& window);

}  // namespace pmcp::live
