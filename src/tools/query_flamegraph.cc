// query_flamegraph: finds the most expensive functions.
#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generated/schemas.h"
#include "profile/formats/demangle.h"
#include "profile/stacks/top_functions.h"
#include "profile/words/quantity.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/args/sample_args.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using profile::FormatPercent;
using profile::FormatQuantity;

struct Args : ProfileQuestionArgs {
  std::string sort = "self";
  std::string focus, ignore;
  std::vector<std::string> call_site, span_ids, trace_ids, profile_ids;
  int limit = 20;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, sort, focus, ignore,
                                                call_site, span_ids, trace_ids,
                                                profile_ids, limit)

struct Output {
  AskedProfiles asked;
  profile::TopFunctionsOptions options;
  std::string selection;  // description of focus, ignore, ids and call site
  profile::TopFunctionsResult top;
  std::int64_t folded = 0;  // by the source, into functions called "other"
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

double Percentage(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return 0;
  return 100 * static_cast<double>(part) / static_cast<double>(whole);
}

json FunctionJson(const profile::FunctionRow& row, std::int64_t total) {
  return {{"name", row.name},
          {"self", row.self},
          {"total", row.total},
          {"percentage", Percentage(row.self, total)},
          {"totalPercentage", Percentage(row.total, total)}};
}

void to_json(json& j, const Output& out) {
  json functions = json::array();
  for (const auto& row : out.top.rows) {
    functions.push_back(FunctionJson(row, out.top.whole));
  }
  j = {{"query", out.asked},
       {"selection", out.selection},
       {"total", out.top.total},
       {"kept", out.top.kept},
       // The part of `total` that belongs to no function.
       {"withoutStack", out.top.without_frame},
       // What a percentage is of: `total`, but for a difference of profiles.
       {"percentageOf", out.top.whole},
       {"unit", out.asked.query.type.sample_unit},
       {"functions", std::move(functions)},
       {"functionCount", out.top.function_count},
       // The self values of the functions beyond `limit`.
       {"omittedSelf", out.top.omitted_self},
       // The part of the total that the source folded; 0 for a folder.
       {"other", out.folded},
       {"notices", out.notices},
       {"whyEmpty", out.why_empty}};
}

/// A mangled name, which stands in programs and in other tools, is looked for
/// as the demangled one that it is here.
Result<std::optional<Regex>> CompileOptional(std::string_view name,
                                             const std::string& pattern) {
  if (pattern.empty()) return std::optional<Regex>();
  const auto demangled = profile::Demangle(pattern);
  PMCP_TRY(regex, demangled ? Regex::CompileLiteral(name, *demangled)
                            : Regex::Compile(name, pattern));
  return std::optional(regex);
}

Result<profile::TopFunctionsOptions> MakeOptions(const Args& args) {
  PMCP_TRY(focus, CompileOptional("focus", args.focus));
  PMCP_TRY(ignore, CompileOptional("ignore", args.ignore));
  return profile::TopFunctionsOptions{
      .limit = static_cast<std::size_t>(args.limit),
      .order = args.sort == "total" ? profile::TopOrder::kTotal
                                    : profile::TopOrder::kSelf,
      .focus = std::move(focus),
      .ignore = std::move(ignore)};
}

/// "focus json; call site main > serve", or "" if all samples are selected.
std::string DescribeSelection(const Args& args) {
  std::string text;
  AppendPart("focus", args.focus, text);
  AppendPart("ignore", args.ignore, text);
  const std::string samples = DescribeSamples(SampleTextsOf(args));
  if (!text.empty() && !samples.empty()) text += "; ";
  return text + samples;
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  PMCP_TRY(options, MakeOptions(args));
  PMCP_TRY(samples, source::MakeSampleSelection(SampleTextsOf(args)));
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  PMCP_TRY(stacks,
           asked.source->MergeStacktraces({asked.query, samples}, call));
  PMCP_TRY(top, TopFunctions(stacks.data, options, call, deps.sums.get()));
  Output out{.asked = asked,
             .options = options,
             .selection = DescribeSelection(args),
             .top = std::move(top),
             .folded = stacks.folded,
             .notices = std::move(stacks.notices)};
  if (out.top.rows.empty()) {
    PMCP_TRY(why, ExplainEmpty(asked, call));
    out.why_empty = why;
  }
  return out;
}

/// Shown for functions whose name is the empty text.
constexpr std::string_view kNoName = "(unknown)";

Table FunctionTable(const Output& out) {
  const auto unit = profile::UnitOf(out.asked.query.type);
  const auto whole = static_cast<double>(out.top.whole);
  Table table{.columns = {{"SELF", Align::kRight},
                          {"SELF%", Align::kRight},
                          {"TOTAL", Align::kRight},
                          {"TOTAL%", Align::kRight},
                          {"FUNCTION"}}};
  for (const auto& row : out.top.rows) {
    const auto self = static_cast<double>(row.self);
    const auto total = static_cast<double>(row.total);
    table.rows.push_back(
        {FormatQuantity(row.self, unit), FormatPercent(self, whole),
         FormatQuantity(row.total, unit), FormatPercent(total, whole),
         row.name.empty() ? std::string(kNoName) : row.name});
  }
  return table;
}

void NoteWhatIsMissing(const Output& out, Document& doc) {
  const auto& top = out.top;
  const auto unit = profile::UnitOf(out.asked.query.type);
  const auto whole = static_cast<double>(top.whole);
  if (top.function_count > top.rows.size()) {
    const auto omitted = static_cast<double>(top.omitted_self);
    doc.Note(DescribeRest(
        top.function_count - top.rows.size(), "function", "functions",
        fmt::format("{} ({}) of self", FormatQuantity(omitted, unit),
                    FormatPercent(omitted, whole))));
  }
  if (top.without_frame != 0) {
    const auto without = static_cast<double>(top.without_frame);
    doc.Note(fmt::format(
        "{} ({}) of the total have no stack, so no function has them.",
        FormatQuantity(without, unit), FormatPercent(without, whole)));
  }
  if (top.kept != top.total - top.without_frame) {
    const auto kept = static_cast<double>(top.kept);
    doc.Note(fmt::format(
        "focus and ignore keep {} ({} of the total); percentages refer to "
        "the whole total.",
        FormatQuantity(kept, unit), FormatPercent(kept, whole)));
  }
}

void NoteNoName(const Output& out, Document& doc) {
  const auto has_no_name = [](const auto& row) { return row.name.empty(); };
  if (std::ranges::none_of(out.top.rows, has_no_name)) return;
  doc.Note(fmt::format(
      "{} stands for functions without a name, which the profiler could not "
      "resolve; focus=\"^$\" selects them.",
      kNoName));
}

std::string_view Title(const Output& out) {
  if (out.top.rows.empty()) return "Top functions: none, no sample matches";
  return out.options.order == profile::TopOrder::kSelf
             ? "Top functions by self (cost in the function itself)"
             : "Top functions by total (with what they call)";
}

/// What 100% is: the total, or for a difference the sum of absolute values.
std::string DescribeWhole(const Output& out) {
  if (out.top.whole == out.top.total) return "; 100% in the table";
  return fmt::format(
      "; a difference with negative values, 100% in the table is {}, the sum "
      "of absolute values",
      FormatQuantity(out.top.whole, profile::UnitOf(out.asked.query.type)));
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(Title(out));
  Describe(out.asked, doc);
  if (!out.selection.empty()) doc.Fact("samples", out.selection);
  if (!out.top.rows.empty()) {
    const auto total = static_cast<double>(out.top.total);
    doc.Fact("total", DescribeTotal(total, out.asked) + DescribeWhole(out));
    doc.Add(FunctionTable(out));
    NoteWhatIsMissing(out, doc);
    NoteNoName(out, doc);
  }
  if (out.options.limit > static_cast<std::size_t>(Args{}.limit))
    doc.AllowLargeAnswer();
  for (const auto& sentence : out.why_empty) doc.Note(sentence);
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool QueryFlamegraph(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kQueryFlamegraph, deps, Run, Render);
}

}  // namespace pmcp::tools
