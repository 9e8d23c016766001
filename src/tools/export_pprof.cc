// export_pprof: writes the merged profiles of a query to a file for other
// programs.
#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/gzip.h"
#include "base/text.h"
#include "generated/schemas.h"
#include "profile/pprof/pprof_encode.h"
#include "profile/words/quantity.h"
#include "profile/words/wrapping_add.h"
#include "tools/answer/describe.h"
#include "tools/answer/explain_empty.h"
#include "tools/answer/make_tool.h"
#include "tools/args/all_types.h"
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

/// The sum of the values of one sample type.
struct TypeTotal {
  std::string sample_type, unit;
  std::int64_t total = 0;
};

void to_json(json& j, const TypeTotal& sum) {
  j = {{"sampleType", sum.sample_type},
       {"unit", sum.unit},
       {"total", sum.total}};
}

std::vector<TypeTotal> TotalsOf(const profile::Profile& profile) {
  std::vector<TypeTotal> totals;
  for (const profile::ValueType& type : profile.sample_types) {
    totals.push_back({std::string(profile.strings[type.type]),
                      std::string(profile.strings[type.unit])});
  }
  for (std::size_t row = 0; row < profile.samples.size(); ++row) {
    const auto values = profile.samples.values(row);
    for (std::size_t i = 0; i < values.size(); ++i) {
      totals[i].total = profile::WrappingAdd(totals[i].total, values[i]);
    }
  }
  return totals;
}

/// The content of a file and its extension.
struct Export {
  std::string bytes;
  std::string_view extension;
  std::vector<TypeTotal> totals;  // one for each sample type
  std::size_t samples = 0;
  bool lacks_types = false;
};

/// Of a file with one sample type.
std::int64_t TotalOf(const Export& file) {
  return file.totals.empty() ? 0 : file.totals.front().total;
}

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
  j = {{"query", out.asked},     {"fileFormat", out.file_format},
       {"pgo", out.pgo},         {"samples", out.file.samples},
       {"notices", out.notices}, {"whyEmpty", out.why_empty}};
  if (out.asked.is_all_types) {
    j["totals"] = out.file.totals;
  } else {
    j["total"] = TotalOf(out.file);
    j["unit"] = out.asked.query.type.sample_unit;
  }
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

/// All sample types are kept together in a pprof file only.
Result<void> CheckAllTypes(const Args& args, const AskedProfiles& asked) {
  if (!asked.is_all_types || args.file_format == "pprof") return {};
  return InvalidArgument(
      fmt::format("all sample types make a pprof file, not \"{}\"",
                  args.file_format),
      "Omit file_format, or give one profile_type.");
}

std::string Provenance(const AskedProfiles& asked) {
  return fmt::format("merged by pyroscope-mcp: {} of {}, {} to {}",
                     DescribeType(asked), asked.query.selector.ToString(),
                     FormatTime(asked.range.from), FormatTime(asked.range.to));
}

/// Says in the file what it is, unless it is one profile of a file. What a
/// server merged has no times: it gets those of the window, so that pprof can
/// show the utilization.
void StateWhatItIs(const AskedProfiles& asked, std::size_t files,
                   profile::Profile& merged) {
  if (files == 1) return;
  if (files == 0) {
    merged.time_nanos = ToNanos(asked.range.from.time_since_epoch());
    merged.duration_nanos = ToNanos(asked.range.length());
    merged.comments.clear();
  }
  merged.comments.push_back(merged.strings.Intern(Provenance(asked)));
}

Export PprofExport(const AskedProfiles& asked, source::ExportedProfile exported,
                   bool pgo) {
  profile::Profile& merged = exported.profile;
  StateWhatItIs(asked, exported.files, merged);
  Export file{.extension = pgo ? ".pgo" : ".pb.gz",
              .totals = TotalsOf(merged),
              .samples = merged.samples.size(),
              .lacks_types = exported.lacks_types};
  if (file.samples > 0) file.bytes = Gzip(profile::EncodePprof(merged));
  return file;
}

Export StacksExport(const AskedProfiles& asked, const profile::StackTree& tree,
                    const std::string& file_format) {
  const bool collapsed = file_format == "collapsed";
  const profile::ProfileType& type = asked.query.type;
  Export file{.extension = collapsed ? ".collapsed.txt" : ".speedscope.json",
              .totals = {{type.sample_type, type.sample_unit, tree.total()}}};
  for (profile::NodeId node = 1; node < tree.size(); ++node) {
    if (tree.self(node) != 0) ++file.samples;
  }
  if (file.samples == 0) return file;
  file.bytes = collapsed
                   ? ToCollapsed(tree)
                   : ToSpeedscope(tree, type,
                                  fmt::format("{} {}", type.Id(),
                                              asked.query.selector.ToString()));
  return file;
}

Result<void> FillPprof(source::SampleSelection samples,
                       std::optional<profile::PgoOptions> pgo,
                       const CallContext& call, Output& out) {
  const source::ProfileSource& source = *out.asked.source;
  if (pgo) {
    PMCP_TRY(merged, source.MergeProfile({.profiles = out.asked.query,
                                          .samples = std::move(samples),
                                          .pgo = pgo},
                                         call));
    out.file =
        PprofExport(out.asked, {.profile = std::move(merged.data)}, true);
    out.notices = std::move(merged.notices);
    return {};
  }
  PMCP_TRY(exported, source.ExportProfile({.profiles = out.asked.query,
                                           .samples = std::move(samples),
                                           .all_types = out.asked.is_all_types},
                                          call));
  out.file = PprofExport(out.asked, std::move(exported.data), false);
  out.notices = std::move(exported.notices);
  return {};
}

Result<void> Fill(const Args& args, const CallContext& call, Output& out) {
  PMCP_TRY(samples, source::MakeSampleSelection(SampleTextsOf(args)));
  PMCP_TRY(pgo, PgoOf(args, out.asked));
  PMCP_TRY_VOID(CheckAllTypes(args, out.asked));
  if (args.file_format == "pprof") {
    return FillPprof(std::move(samples), pgo, call, out);
  }
  PMCP_TRY(stacks, out.asked.source->MergeStacktraces(
                       {out.asked.query, std::move(samples)}, call));
  out.file = StacksExport(out.asked, stacks.data.ToTree(), args.file_format);
  out.notices = std::move(stacks.notices);
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
  const profile::ProfileType& type = asked.query.type;
  return fmt::format("{}-{}-{}-{}", service.substr(0, 60),
                     asked.is_all_types ? type.name + "-all" : type.sample_type,
                     CompactTime(asked.range.from),
                     CompactTime(asked.range.to));
}

Result<Output> Run(const Args& args, const Deps& deps,
                   const server::ToolContext& context) {
  const CallContext& call = context.call();
  const ExportFolder folder(deps.export_dir);
  PMCP_TRY_VOID(folder.Check());
  PMCP_TRY(asked, ResolveExportQuery(args, deps, call));
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

/// "57.4 s (1.27 cores over the window)"; with all types "samples 5,740; cpu
/// 57.4 s".
std::string DescribeTotals(const std::vector<TypeTotal>& totals,
                           const AskedProfiles& asked) {
  if (!asked.is_all_types) {
    return DescribeTotal(static_cast<double>(totals.front().total), asked);
  }
  std::vector<std::string> parts;
  for (const TypeTotal& sum : totals) {
    profile::ProfileType type = asked.query.type;
    type.sample_type = sum.sample_type;
    type.sample_unit = sum.unit;
    parts.push_back(
        fmt::format("{} {}", sum.sample_type,
                    profile::FormatQuantity(sum.total, profile::UnitOf(type))));
  }
  return Join(parts, "; ");
}

Document Render(const Output& out) {
  Document doc;
  doc.Heading(out.path.empty() ? "Export: nothing was written"
                               : "Export: one new file");
  Describe(out.asked, doc);
  if (!out.selection.empty()) doc.Fact("samples", out.selection);
  if (!out.path.empty()) {
    doc.Fact("total", DescribeTotals(out.file.totals, out.asked));
    doc.Add({.columns = {{"SAMPLES", Align::kRight}, {"PATH"}},
             .rows = {{profile::FormatQuantity(out.file.samples,
                                               profile::Unit::kCount),
                       out.path}}});
    doc.Note(NextStep(out));
    if (out.file.lacks_types) {
      doc.Note(
          "The profiles have different sample types; the file has those "
          "that all of them have.");
    }
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
