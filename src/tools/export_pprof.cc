// export_pprof: writes the merged profiles of a query to a file for other
// programs.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/gzip.h"
#include "generated/schemas.h"
#include "profile/pprof/pprof_encode.h"
#include "profile/words/quantity.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/args/sample_args.h"
#include "tools/export/export_folder.h"
#include "tools/export/export_formats.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;

struct Args : ProfileQuestionArgs {
  std::vector<std::string> call_site, span_ids, trace_ids, profile_ids;
  std::string file_format = "pprof";
  bool pgo = false;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Args, call_site, span_ids,
                                                trace_ids, profile_ids,
                                                file_format, pgo)

/// The content of a file and its extension.
struct Export {
  std::string bytes;
  std::string_view extension;
  std::int64_t total = 0;
  std::size_t samples = 0;
};

struct Output {
  AskedProfiles asked;
  std::string selection;  // description of ids and call site
  std::string file_format;
  bool pgo = false;
  std::string path;  // "": nothing was written
  Export file;
  std::vector<source::Notice> notices;
  std::vector<std::string> why_empty;
};

void to_json(json& j, const Output& out) {
  j = {{"query", out.asked},      {"fileFormat", out.file_format},
       {"pgo", out.pgo},          {"samples", out.file.samples},
       {"total", out.file.total}, {"unit", out.asked.query.type.sample_unit},
       {"notices", out.notices},  {"whyEmpty", out.why_empty}};
  if (!out.path.empty()) j["path"] = out.path;
}

/// The options of Pyroscope's own tools: the leaf part of each stack, which
/// shows callers, and one sample per caller and callee.
constexpr profile::PgoOptions kPgo = {.keep_locations = 5,
                                      .aggregate_callees = true};

/// The PGO options. kInvalidArgument for what the Go compiler cannot use.
Result<std::optional<profile::PgoOptions>> PgoOf(const Args& args,
                                                 const AskedProfiles& asked) {
  using Wanted = std::optional<profile::PgoOptions>;
  if (!args.pgo) return Wanted();
  if (args.file_format != "pprof") {
    return InvalidArgument(
        fmt::format("pgo=true makes a pprof file, not \"{}\"",
                    args.file_format),
        "Omit file_format or pgo.");
  }
  const profile::ProfileType& type = asked.query.type;
  if (type.sample_type != "cpu" && type.sample_type != "samples") {
    return InvalidArgument(
        fmt::format("pgo=true needs a CPU profile, not \"{}\"",
                    type.sample_type),
        "Use profile_type=cpu.");
  }
  return Wanted(kPgo);
}

/// Sets the time and the duration of the window, so that pprof can show the
/// utilization. A profile merged by Pyroscope has no duration.
void StateWindow(const AskedProfiles& asked, profile::Profile& merged) {
  merged.time_nanos = ToNanos(asked.range.from.time_since_epoch());
  merged.duration_nanos = ToNanos(asked.range.length());
  merged.comments = {merged.strings.Intern(
      fmt::format("merged by pyroscope-mcp: {} of {}, {} to {}",
                  asked.query.type.Id(), asked.query.selector.ToString(),
                  FormatTime(asked.range.from), FormatTime(asked.range.to)))};
}

Export PprofExport(const AskedProfiles& asked, profile::Profile merged,
                   bool pgo) {
  StateWindow(asked, merged);
  Export file{.extension = pgo ? ".pgo" : ".pb.gz",
              .samples = merged.samples.size()};
  for (std::size_t row = 0; row < merged.samples.size(); ++row) {
    file.total += merged.samples.values(row).front();
  }
  if (file.samples > 0) file.bytes = Gzip(profile::EncodePprof(merged));
  return file;
}

Export StacksExport(const AskedProfiles& asked, const profile::StackTree& tree,
                    const std::string& file_format) {
  const bool collapsed = file_format == "collapsed";
  Export file{.extension = collapsed ? ".collapsed.txt" : ".speedscope.json",
              .total = tree.total()};
  for (profile::NodeId node = 1; node < tree.size(); ++node) {
    if (tree.self(node) != 0) ++file.samples;
  }
  if (file.samples == 0) return file;
  file.bytes = collapsed
                   ? ToCollapsed(tree)
                   : ToSpeedscope(tree, asked.query.type,
                                  fmt::format("{} {}", asked.query.type.Id(),
                                              asked.query.selector.ToString()));
  return file;
}

Result<void> Fill(const Args& args, const CallContext& call, Output& out) {
  PMCP_TRY(samples, source::MakeSampleSelection(SampleTextsOf(args)));
  PMCP_TRY(pgo, PgoOf(args, out.asked));
  const source::ProfileSource& source = *out.asked.source;
  if (args.file_format == "pprof") {
    PMCP_TRY(merged, source.MergeProfile({.profiles = out.asked.query,
                                          .samples = std::move(samples),
                                          .pgo = pgo},
                                         call));
    out.file = PprofExport(out.asked, std::move(merged.data), args.pgo);
    out.notices = std::move(merged.notices);
  } else {
    PMCP_TRY(stacks, source.MergeStacktraces(
                         {out.asked.query, std::move(samples)}, call));
    out.file = StacksExport(out.asked, stacks.data.ToTree(), args.file_format);
    out.notices = std::move(stacks.notices);
  }
  return {};
}

/// "2026-07-28T10:00:00Z" as "20260728T100000Z".
std::string CompactTime(TimePointMs time) {
  std::string text = FormatTime(std::chrono::floor<std::chrono::seconds>(time));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

/// "shop-cpu-20260728T100000Z-20260728T110000Z".
std::string StemOf(const AskedProfiles& asked) {
  std::string service = "all";
  for (const auto& matcher : asked.query.selector.matchers()) {
    if (matcher.name == profile::kLabelServiceName &&
        matcher.op == profile::MatchOp::kEqual) {
      service = matcher.value;
    }
  }
  return fmt::format(
      "{}-{}-{}-{}", service.substr(0, 60), asked.query.type.sample_type,
      CompactTime(asked.range.from), CompactTime(asked.range.to));
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  const ExportFolder folder(deps.export_dir);
  PMCP_TRY_VOID(folder.Check());
  PMCP_TRY(asked, ResolveProfileQuery(args, deps, call));
  Output out{.asked = std::move(asked),
             .selection = DescribeSamples(SampleTextsOf(args)),
             .file_format = args.file_format,
             .pgo = args.pgo};
  PMCP_TRY_VOID(Fill(args, call, out));
  if (out.file.samples == 0) {
    PMCP_TRY(why, ExplainEmpty(out.asked, call));
    out.why_empty = std::move(why);
    return out;
  }
  PMCP_TRY_VOID(call.Check());
  PMCP_TRY(path,
           folder.Write(StemOf(out.asked), out.file.extension, out.file.bytes));
  out.path = std::move(path);
  return out;
}

/// The command or program that opens the file.
std::string NextStep(const Output& out) {
  if (out.pgo) return fmt::format("Build with: go build -pgo={}", out.path);
  if (out.file_format == "pprof") {
    return fmt::format("Open with: go tool pprof -top {}", out.path);
  }
  return out.file_format == "collapsed"
             ? "Open with flamegraph.pl or any viewer of collapsed stacks."
             : "Open with speedscope.";
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(out.path.empty() ? "Export: nothing was written"
                               : "Export: one new file");
  Describe(out.asked, doc);
  if (!out.selection.empty()) doc.Fact("samples", out.selection);
  if (!out.path.empty()) {
    doc.Fact("total",
             DescribeTotal(static_cast<double>(out.file.total), out.asked));
    doc.Add({.columns = {{"SAMPLES", Align::kRight}, {"PATH"}},
             .rows = {{profile::FormatQuantity(out.file.samples,
                                               profile::Unit::kCount),
                       out.path}}});
    doc.Note(NextStep(out));
  }
  for (const auto& sentence : out.why_empty) doc.Note(sentence);
  doc.Notices(out.notices);
  return doc;
}

}  // namespace

server::Tool ExportPprof(const Deps& deps) {
  return MakeTool<Args, Output>(schemas::kExportPprof, deps, Run, Render);
}

}  // namespace pmcp::tools
