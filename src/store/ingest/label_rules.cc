#include "store/ingest/label_rules.h"

#include <optional>

#include "base/sanitize.h"
#include "store/files/file_service.h"
#include "store/ingest/glob.h"

namespace pmcp::store {
namespace {

/// `path` relative to `folder`; nullopt if it is not below `folder`.
std::optional<std::string_view> PathBelow(std::string_view folder,
                                          std::string_view path) {
  if (folder.empty()) return path;
  if (!path.starts_with(folder) || path.size() <= folder.size() ||
      path[folder.size()] != '/') {
    return std::nullopt;
  }
  return path.substr(folder.size() + 1);
}

}  // namespace

std::string ServiceOfPath(std::string_view path) {
  const std::size_t slash = path.find('/');
  const std::string_view service = slash != std::string_view::npos
                                       ? path.substr(0, slash)
                                       : path.substr(0, path.find('.'));
  // Selectors can match valid UTF-8 only.
  return Sanitize(service);
}

profile::Labels LabelsOfPath(std::string_view path,
                             std::span<const FolderRules> folders,
                             IngestRules rules) {
  profile::Labels labels;
  labels.Set(profile::kLabelServiceName, rules == IngestRules::kAsFiles
                                             ? ServiceOfFile(path)
                                             : ServiceOfPath(path));
  for (const FolderRules& folder : folders) {
    const auto below = PathBelow(folder.folder, path);
    if (!below) continue;
    for (const LabelRule& rule : folder.rules) {
      if (!GlobMatches(rule.glob, *below)) continue;
      for (const auto& [name, value] : rule.labels) labels.Set(name, value);
    }
  }
  return labels;
}

}  // namespace pmcp::store
