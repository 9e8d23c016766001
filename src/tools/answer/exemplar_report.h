// ExemplarReport: single profiles or single spans, those that cost most first.
// What the tools for both report, as text and as JSON.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "profile/time/exemplar.h"
#include "tools/answer/document.h"
#include "tools/answer/series_grid.h"
#include "tools/args/query_args.h"

namespace pmcp::tools {

enum class ExemplarsOf { kProfiles, kSpans };

struct ExemplarReport {
  AskedProfiles asked;
  ExemplarsOf kind = ExemplarsOf::kProfiles;
  std::vector<std::string> group_by;
  std::chrono::milliseconds step{0};
  std::vector<profile::Exemplar> exemplars;  // largest first, at most `limit`
  std::size_t found = 0;
  std::size_t limit = 0;
  std::size_t max_label_columns = 0;
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

/// A source finds one exemplar a step, so steps are as short as makes sense:
/// a second, in long windows more.
Result<SeriesGrid> MakeExemplarGrid(const AskedProfiles& asked);

/// Appends those of `found` that lie in the window, with the labels of the
/// series that they were found in; private ones go unless grouped by.
void AddExemplars(std::span<const profile::Exemplar> found,
                  std::span<const profile::Label> series,
                  ExemplarReport& report);

/// Ranks what was added, cuts it to the limit, and explains when it is empty.
Result<void> FinishExemplars(const CallContext& call, ExemplarReport& report);

void to_json(nlohmann::json& json, const ExemplarReport& report);
Document RenderExemplars(const ExemplarReport& report);

}  // namespace pmcp::tools
