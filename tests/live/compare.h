// Compares the answers of the tools for a folder and for a server with the same
// profiles.
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
  /// Some of the calls that differ, with both answers.
  std::string differences;

  /// The storage mode of the server, "v1-v2-dual, v2 from … on".
  std::string mode;

  bool AllSame() const;
  /// All answers are the same, and no tool is refused altogether.
  bool Passes() const;
  /// One line per tool: "top_series: 34 of 34 answers are the same".
  std::string ToText() const;
};

/// Compares every tool for every service and profile type in the window, and
/// for one of them in long windows and in those that begin with the oldest
/// profile. One question of each tool has an empty answer. If a server may
/// choose among equal profiles, any choice is correct.
Comparison Compare(const source::ProfileSource& folder,
                   const source::ProfileSource& server,
                   const std::string& selector, const TimeRange& window);

}  // namespace pmcp::live
