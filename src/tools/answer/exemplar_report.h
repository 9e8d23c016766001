// ExemplarReport: the most expensive single profiles or spans, as text and as
// JSON. Shared by profile_exemplars and span_exemplars.
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
  /// The length of the parts of steps with several profiles; 0: no step was
  /// asked again.
  std::chrono::milliseconds part{0};
  std::vector<profile::Exemplar> exemplars;  // largest first, at most `limit`
  std::size_t found = 0;
  std::size_t limit = 0;
  std::size_t max_label_columns = 0;
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

/// A source returns one exemplar per step, so the step is one second, or longer
/// in long windows.
Result<SeriesGrid> MakeExemplarGrid(const AskedProfiles& asked);

/// Appends the exemplars of `found` inside the window, with the labels of their
/// `series`. Drops private labels unless the query groups by them.
void AddExemplars(std::span<const profile::Exemplar> found,
                  std::span<const profile::Label> series,
                  ExemplarReport& report);

/// Sorts the exemplars, drops repetitions, applies the limit, and explains an
/// empty report.
Result<void> FinishExemplars(const CallContext& call, ExemplarReport& report);

void to_json(nlohmann::json& json, const ExemplarReport& report);
Document RenderExemplars(const ExemplarReport& report);

}  // namespace pmcp::tools
