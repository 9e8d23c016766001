#include "source/sources.h"

#include <fmt/core.h>

#include <optional>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::source {
namespace {

constexpr std::size_t kQuotedCodePoints = 80;

std::vector<std::string> NamesOf(const std::vector<NamedSource>& all) {
  std::vector<std::string> names;
  for (const NamedSource& source : all) names.push_back(source.name);
  return names;
}

Error NothingConfigured() {
  return NotFound("no source of profiles is configured",
                  "Start the server with --profiles-dir DIR, or set "
                  "PROFILES_DIR, to a folder of pprof files; or set "
                  "PYROSCOPE_URL or GRAFANA_URL to a server.");
}

Error NoneNamed(std::span<const std::string> names) {
  return InvalidArgument(
      fmt::format("\"source\" is not given, and there are {} sources",
                  names.size()),
      fmt::format("Choose one of: {}.", Join(names, ", ")));
}

Error Unknown(std::string_view name, std::span<const std::string> names) {
  const std::optional<std::string> near = ClosestMatch(name, names);
  return NotFound(
      fmt::format("there is no source \"{}\"",
                  Shorten(Sanitize(name), kQuotedCodePoints)),
      fmt::format("{}Choose one of: {}.",
                  near ? fmt::format("Did you mean \"{}\"? ", *near) : "",
                  Join(names, ", ")));
}

}  // namespace

Result<const NamedSource*> Sources::Find(std::string_view name) const {
  if (all_.empty()) return NothingConfigured();
  if (name.empty() && all_.size() == 1) return &all_.front();
  if (name.empty()) return NoneNamed(NamesOf(all_));
  for (const NamedSource& source : all_) {
    if (source.name == name) return &source;
  }
  return Unknown(name, NamesOf(all_));
}

}  // namespace pmcp::source
