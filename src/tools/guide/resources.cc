#include "tools/guide/resources.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/sanitize.h"
#include "base/text.h"
#include "profile/words/labels.h"
#include "tools/args/query_args.h"
#include "tools/export/export_folder.h"
#include "tools/guide/completions.h"
#include "tools/guide/resource_uri.h"
#include "tools/tools.h"

namespace pmcp::tools {
namespace {

using nlohmann::json;
using server::Resource;
using Kind = ResourceUri::Kind;

/// New profiles arrive all the time, so clients may cache a result only
/// briefly.
constexpr server::Caching kLive = {.ttl_ms = 10'000, .is_public = false};
/// Maximum number of listed services per source; the template reaches the
/// others.
constexpr std::size_t kMostServices = 500;
constexpr const char* kText = "text/plain";
constexpr const char* kBytes = "application/octet-stream";

/// The text of a tool called with `arguments` and its defaults.
Result<std::string> TextOf(const server::Tool& tool, const json& arguments,
                           const server::ToolContext& context) {
  json all = json::parse(tool.default_arguments);
  all.update(arguments);
  const server::ToolResult result = tool.run(all, context);
  if (!result.error) return result.text;
  const auto end = result.text.find('\n');
  return Error{*result.error, result.text.substr(0, end),
               end == std::string::npos ? "" : result.text.substr(end + 1)};
}

Result<std::vector<std::string>> Services(const std::string& source,
                                          const Deps& deps,
                                          const CallContext& call) {
  PMCP_TRY(asked, ResolveLabelQuery({.source = source}, deps, call));
  PMCP_TRY(values, asked.source->LabelValues(profile::kLabelServiceName,
                                             asked.query, call));
  return std::move(values.data);
}

Error NoSuchResource(const std::string& uri) {
  return NotFound(
      fmt::format("no resource \"{}\"", Shorten(Sanitize(uri), 200)),
      fmt::format("URIs are pyroscope://SOURCE, {}, {} and {}.",
                  kProfileTypesUriTemplate, kServiceUriTemplate,
                  kExportUriTemplate));
}

Result<std::string> ServiceText(const ResourceUri& uri, const Deps& deps,
                                const server::ToolContext& context) {
  PMCP_TRY(services, Services(uri.source, deps, context.call()));
  if (std::ranges::find(services, uri.name) == services.end()) {
    return NoSuchResource(FormatUri(uri));
  }
  const json arguments = {{"source", uri.source}, {"service", uri.name}};
  PMCP_TRY(types, TextOf(ListProfileTypes(deps), arguments, context));
  PMCP_TRY(labels, TextOf(ListLabels(deps), arguments, context));
  return types + "\n" + labels;
}

Result<std::string> LiveText(const ResourceUri& uri, const Deps& deps,
                             const server::ToolContext& context) {
  const json of_source = {{"source", uri.source}};
  switch (uri.kind) {
    case Kind::kSource:
      return TextOf(Overview(deps), of_source, context);
    case Kind::kProfileTypes:
      return TextOf(ListProfileTypes(deps), of_source, context);
    case Kind::kService:
      return ServiceText(uri, deps, context);
    case Kind::kExport:
      break;
  }
  return NoSuchResource(FormatUri(uri));
}

Result<server::ReadResource> Read(const std::string& text, const Deps& deps,
                                  const server::ToolContext& context) {
  const auto uri = ParseUri(text);
  // Without an export folder there are no exported files.
  const bool has_exports = !deps.export_dir.empty();
  if (!uri || (uri->kind == Kind::kExport && !has_exports)) {
    return NoSuchResource(text);
  }
  server::ResourceContents contents{.uri = text,
                                    .mime_type = kText,
                                    .data = "",
                                    .is_binary = false,
                                    .meta = ""};
  if (uri->kind == Kind::kExport) {
    PMCP_TRY(bytes, ExportFolder(deps.export_dir).Read(uri->name));
    contents.mime_type = kBytes;
    contents.data = std::move(bytes);
    contents.is_binary = true;
  } else {
    PMCP_TRY(live, LiveText(*uri, deps, context));
    contents.data = std::move(live);
  }
  return server::ReadResource{.contents = {std::move(contents)},
                              .caching = kLive};
}

void AddSource(const std::string& source, const Deps& deps,
               const CallContext& call, std::vector<Resource>& list) {
  const std::string shown = Sanitize(source);
  list.push_back({.uri = FormatUri({Kind::kSource, source, ""}),
                  .name = shown,
                  .title = "Source " + shown,
                  .description = "Overview of this source of profiles.",
                  .mime_type = kText,
                  .size = {}});
  list.push_back(
      {.uri = FormatUri({Kind::kProfileTypes, source, ""}),
       .name = shown + "/profile-types",
       .title = "Profile types of " + shown,
       .description = "Its profile types and the services that have them.",
       .mime_type = kText,
       .size = {}});
  const auto services = Services(source, deps, call);
  if (!services.ok()) return;  // no answer; the rest is listed
  const std::size_t count = std::min(services->size(), kMostServices);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& service = (*services)[i];
    const std::string name = Sanitize(service);
    list.push_back({.uri = FormatUri({Kind::kService, source, service}),
                    .name = shown + "/" + name,
                    .title = "Service " + name,
                    .description = "Its profile types and labels.",
                    .mime_type = kText,
                    .size = {}});
  }
}

Result<std::vector<Resource>> List(const Deps& deps,
                                   const server::ToolContext& context) {
  std::vector<Resource> list;
  for (const auto& file : ExportFolder(deps.export_dir).Latest()) {
    list.push_back({.uri = FormatUri({Kind::kExport, "", file.name}),
                    .name = file.name,
                    .title = "Exported file " + file.name,
                    .description = "Written by export_pprof.",
                    .mime_type = kBytes,
                    .size = static_cast<long long>(file.bytes)});
  }
  for (const auto& named : deps.sources.all()) {
    // Each source has its own deadline, so one that hangs does not hide others.
    AddSource(named.name, deps, Soon(context.call()), list);
    PMCP_TRY_VOID(context.call().Check());
  }
  return list;
}

server::ResourceTemplate Template(std::string_view uri_template,
                                  std::string name, std::string title,
                                  std::string description,
                                  const char* mime_type, const Deps& deps) {
  return {.uri_template = std::string(uri_template),
          .name = std::move(name),
          .title = std::move(title),
          .description = std::move(description),
          .mime_type = mime_type,
          .complete = CompletionOf(deps)};
}

}  // namespace

server::Resources AllResources(const Deps& deps) {
  server::Resources resources;
  resources.list = [deps](const server::ToolContext& context) {
    return List(deps, context);
  };
  resources.read = [deps](const std::string& uri,
                          const server::ToolContext& context) {
    return Read(uri, deps, context);
  };
  resources.templates = {
      Template(kServiceUriTemplate, "service", "A service",
               "The profile types and labels of a service.", kText, deps),
      Template(kProfileTypesUriTemplate, "profile-types", "Profile types",
               "The profile types of a source and the services that have them.",
               kText, deps)};
  if (!deps.export_dir.empty()) {
    resources.templates.push_back(
        Template(kExportUriTemplate, "export", "An exported file",
                 "A file that export_pprof wrote.", kBytes, deps));
  }
  return resources;
}

}  // namespace pmcp::tools
