#include "app/profile_paths.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "base/text.h"

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

std::vector<std::string> PathsBetween(std::string_view text,
                                      std::string_view separator) {
  std::vector<std::string> paths;
  for (const std::string_view path : Split(text, separator)) {
    if (!path.empty()) paths.push_back(ExpandHome(path));
  }
  return paths;
}

std::string NameOf(const std::string& path) {
  std::string_view name = BaseName(path);
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
    return PathsBetween(text, std::string_view(&kPathSeparator, 1));
  }
  const std::string whole = ExpandHome(text);
  if (text.find(':') == std::string_view::npos || Exists(whole)) {
    return whole.empty() ? std::vector<std::string>()
                         : std::vector<std::string>{whole};
  }
  return PathsBetween(text, ":");
}

bool IsUrl(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") ||
         text.starts_with("unix://");
}

std::string UrlAmongPaths(std::string_view text) {
  for (const std::string_view path :
       Split(text, std::string_view(&kPathSeparator, 1))) {
    if (IsUrl(path)) return std::string(path);
  }
  return "";
}

bool NamesPath(const std::string& word) {
  return !word.starts_with('{') && word.find('=') == std::string::npos &&
         Exists(ExpandHome(word));
}

std::vector<std::string> TakePaths(std::vector<std::string>& words) {
  std::vector<std::string> paths;
  std::erase_if(words, [&](const std::string& word) {
    if (!NamesPath(word)) return false;
    paths.push_back(ExpandHome(word));
    return true;
  });
  return paths;
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
