#include "tests/parity/parity_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "tests/parity/remote_proof.h"

namespace pmcp::parity {
namespace {

/// A call of the package's client, and the equivalent here.
struct CallRow {
  std::string_view symbol;
  std::string_view here;
  std::vector<std::string_view> methods;  // of the questions that prove it
  std::vector<std::string_view> tools;
};
const CallRow kCalls[] = {
    {"ProfileTypes",
     "`list_profile_types`",
     {"ProfileTypes"},
     {"list_profile_types"}},
    {"LabelNames", "`list_labels`", {"LabelNames"}, {"list_labels"}},
    {"LabelValues",
     "`list_labels` with `label`",
     {"LabelValues"},
     {"list_labels"}},
    {"Query",
     "`query_flamegraph`",
     {"SelectMergeStacktraces", "SelectMergeSpanProfile"},
     {"query_flamegraph"}},
    {"SelectSeries",
     "`query_series`, `top_series`, `profile_exemplars`",
     {"SelectSeries"},
     {"query_series", "top_series", "profile_exemplars"}},
    {"SelectHeatmap",
     "`span_exemplars`",
     {"SelectHeatmap"},
     {"span_exemplars"}},
    {"Pprof", "`export_pprof`", {"SelectMergeProfile"}, {"export_pprof"}},
};

/// A function of the package, and the kinds of tables that test ours.
struct FunctionRow {
  std::string_view symbol;
  std::string_view here;
  std::vector<std::string_view> kinds;
  std::string_view tool;
};
const FunctionRow kFunctions[] = {
    {"ExtractTopFunctions",
     "profile/top_functions",
     {"query"},
     "query_flamegraph"},
    {"AggregateTopSeries", "`top_series`", {"top", "top-json"}, "top_series"},
    {"BuildProfileExemplarsResult",
     "`profile_exemplars`",
     {"exemplars-json"},
     "profile_exemplars"},
    {"BuildSpanExemplarsResult",
     "`span_exemplars`",
     {"spans-json"},
     "span_exemplars"},
    {"TopCardinalityLabelNames",
     "tools/series_labels",
     {"exemplars", "spans"},
     "profile_exemplars"},
    {"FormatLabelPairs", "tools/series_labels", {"series"}, "query_series"},
    {"FormatLabelsMap", "one column a label", {"top"}, "top_series"},
    {"FormatProfileTypesTable",
     "`list_profile_types`",
     {"types"},
     "list_profile_types"},
    {"FormatQueryTable", "`query_flamegraph`", {"query"}, "query_flamegraph"},
    {"FormatSeriesTable",
     "`query_series points=true value=sum`",
     {"series"},
     "query_series"},
    {"FormatSeriesTableWide",
     "`query_series points=true wide=true value=sum`",
     {"wide"},
     "query_series"},
    {"FormatTopSeriesTable", "`top_series`", {"top"}, "top_series"},
    {"FormatProfileExemplarsTable",
     "`profile_exemplars`",
     {"exemplars", "exemplars-nolabels"},
     "profile_exemplars"},
    {"FormatSpanExemplarsTable",
     "`span_exemplars`",
     {"spans"},
     "span_exemplars"},
    {"FormatLabelsTable", "`list_labels`", {"labels"}, "list_labels"},
};

struct ColumnRow {
  std::string_view table;
  std::string_view theirs;
  std::string_view ours;
};
constexpr ColumnRow kColumns[] = {
    {"types", "ID, NAME, SAMPLE_TYPE, SAMPLE_UNIT", "the same, and SERVICES"},
    {"labels", "LABEL",
     "LABEL; VALUE if values are listed. Sorted by number of series"},
    {"query", "FUNCTION, SELF, TOTAL, PERCENTAGE",
     "FUNCTION, SELF, TOTAL, SELF%; and TOTAL%"},
    {"series", "LABELS, TIMESTAMP, VALUE", "the same, with milliseconds"},
    {"wide", "a column a label, TIMESTAMP, VALUE",
     "the same; a label that is missing is (none)"},
    {"top", "RANK, a column a label, TOTAL (UNIT)",
     "RANK, a column a label, TOTAL; and SHARE, RATE. LABELS {} is \"all "
     "series together\" in the heading; `<unknown>` is (none)"},
    {"exemplars", "PROFILE ID, TIMESTAMP, VALUE (UNIT), a column a label",
     "the same, the unit beside each value"},
    {"spans", "SPAN ID, TIMESTAMP, VALUE (UNIT), a column a label",
     "the same, and TRACE ID if there is one"},
};

int AskedOf(const std::vector<oracle::Question>& questions,
            const CallRow& call) {
  return static_cast<int>(
      std::ranges::count_if(questions, [&](const oracle::Question& question) {
        const bool profile = call.symbol == "Pprof";
        return oracle::WantsProfile(question) == profile &&
               (profile || std::ranges::find(call.methods, question.method) !=
                               call.methods.end());
      }));
}

std::string ProofOf(const Tally& tally, const FunctionRow& row) {
  std::string text;
  for (const std::string_view kind : row.kinds) {
    const KindTally& found = tally.kinds().at(std::string(kind));
    text += fmt::format("{}{} tables `{}`: {} cells, {} equal",
                        text.empty() ? "" : "; ", found.tables, kind,
                        found.cells(), found.equal);
  }
  return text;
}

constexpr std::string_view kHead =
    "| symbol | here | proven by | remote |\n|---|---|---|---|\n";

std::string CallTable(const std::vector<oracle::Question>& questions,
                      const RemoteProof& remote) {
  std::string text(kHead);
  for (const CallRow& row : kCalls) {
    text += fmt::format(
        "| `{}` | {} | test `oracle`: {} recorded questions | {} |\n",
        row.symbol, row.here, AskedOf(questions, row), remote.Of(row.tools));
  }
  text +=
      "| `DefaultTimeRange` | base/time_range, the source's own window in "
      "place of the last hour | tests `unit_tools.ResolveTest.Window*` | the "
      "last hour, as there |\n";
  return text;
}

std::string FunctionTable(const Tally& tally, const RemoteProof& remote) {
  std::string text(kHead);
  for (const FunctionRow& row : kFunctions) {
    const std::string_view tools[] = {row.tool};
    text += fmt::format("| `{}` | {} | {} | {} |\n", row.symbol, row.here,
                        ProofOf(tally, row), remote.Of(tools));
  }
  const std::string_view exports[] = {"export_pprof"};
  text += fmt::format(
      "| `FormatPprofWriteTable` | `export_pprof`: PATH, and SAMPLES | tests "
      "`golden.export_pprof` | {} |\n",
      remote.Of(exports));
  return text;
}

std::string ColumnTable() {
  std::string text =
      "| table | columns there | columns here |\n|---|---|---|\n";
  for (const ColumnRow& row : kColumns) {
    text += fmt::format("| {} | {} | {} |\n", row.table, row.theirs, row.ours);
  }
  return text;
}

std::string FaultTable(const Tally& tally) {
  std::string text = "| fault there | cells changed |\n|---|---:|\n";
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    const auto fault = static_cast<Fault>(i);
    int cells = 0;
    for (const auto& [kind, found] : tally.kinds()) {
      const auto changed = found.changed.find(fault);
      if (changed != found.changed.end()) cells += changed->second;
    }
    text += fmt::format("| {} | {} |\n", Describe(fault), cells);
  }
  return text;
}

}  // namespace

std::string ParityPage(const Tally& tally,
                       const std::vector<oracle::Question>& questions) {
  const RemoteProof remote;
  return fmt::format(
      "<!-- Written by the test `parity`; script/update-goldens renews it. "
      "-->\n"
      "# What gcx's Pyroscope package does, and where it is here\n\n"
      "The Go package `internal/query/pyroscope` of gcx v0.2.16 is the model "
      "for the tools. Its tables were\nrecorded from answers of a real "
      "Pyroscope. The test gives our tools the same answers and looks for\n"
      "every cell, after conversion of units. A cell may differ only because "
      "of a fault listed below.\n\n"
      "The column \"remote\" says through how many servers the tool gives the "
      "same text, byte for byte, as for the\nfolder itself (test "
      "`remote.Routes/SameAnswers`). Routes are a Pyroscope server directly "
      "and through a stand-in for\nGrafana; old servers are older versions "
      "and the old read path.\n\n"
      "## Calls\n\n{}\n## Functions and tables\n\n{}\n"
      "## Columns\n\n{}\n## Faults that are not copied\n\n{}",
      CallTable(questions, remote), FunctionTable(tally, remote), ColumnTable(),
      FaultTable(tally));
}

}  // namespace pmcp::parity
