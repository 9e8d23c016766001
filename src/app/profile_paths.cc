#include "app/profile_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace pmcp::app {
namespace {

namespace fs = std::filesystem;

bool Exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

std::string ExpandHome(std::string_view path) {
  if (path != "~" && !path.starts_with("~/")) return std::string(path);
  const std::string home = FromEnvironment("HOME");
  return home.empty() ? std::string(path) : home + std::string(path.substr(1));
}

std::vector<std::string> SplitAt(std::string_view text, char separator) {
  std::vector<std::string> paths;
  while (true) {
    const std::size_t end = text.find(separator);
    const std::string_view path = text.substr(0, end);
    if (!path.empty()) paths.push_back(ExpandHome(path));
    if (end == std::string_view::npos) return paths;
    text.remove_prefix(end + 1);
  }
}

std::string NameOf(const std::string& path) {
  std::string_view name = path;
  while (name.size() > 1 && name.ends_with('/')) name.remove_suffix(1);
  name = name.substr(name.rfind('/') + 1);
  // A folder keeps its whole name; a file loses its endings.
  std::error_code error;
  if (fs::is_regular_file(path, error)) {
    name = name.substr(0, std::max<std::size_t>(name.find('.'), 1));
  }
  return name.empty() ? "local" : std::string(name);
}

}  // namespace

std::vector<std::string> ReadProfilePaths(std::string_view text) {
  if (text.find(kPathSeparator) != std::string_view::npos) {
    return SplitAt(text, kPathSeparator);
  }
  const std::string whole = ExpandHome(text);
  if (text.find(':') == std::string_view::npos || Exists(whole)) {
    return whole.empty() ? std::vector<std::string>()
                         : std::vector<std::string>{whole};
  }
  return SplitAt(text, ':');
}

std::vector<SourceConfig> SourcesOfPaths(std::span<const std::string> paths) {
  std::vector<SourceConfig> sources;
  std::set<std::string> names;
  for (const std::string& path : paths) {
    const std::string base = NameOf(path);
    std::string name = base;
    for (int number = 2; !names.insert(name).second; ++number) {
      name = fmt::format("{}-{}", base, number);
    }
    SourceConfig source;
    source.name = std::move(name);
    source.kind = SourceKind::kLocal;
    source.folder = path;
    sources.push_back(std::move(source));
  }
  return sources;
}

std::vector<std::string> MissingPaths(std::span<const std::string> paths) {
  std::vector<std::string> missing;
  for (const std::string& path : paths) {
    if (Exists(path)) continue;
    std::error_code error;
    missing.push_back(
        fmt::format("the folder or file of profiles \"{}\" does not exist",
                    fs::absolute(path, error).string()));
  }
  return missing;
}

}  // namespace pmcp::app
