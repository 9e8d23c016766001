#include "tests/parity/remote_proof.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/support/read_file.h"

namespace pmcp::parity {
namespace {

constexpr std::string_view kSame = ": the same";

}  // namespace

RemoteProof::RemoteProof() {
  for (const auto& entry : std::filesystem::directory_iterator(
           PMCP_SOURCE_DIR "/tests/remote/same")) {
    std::istringstream lines(test::ReadFile(entry.path()));
    std::string line;
    std::getline(lines, line);
    Routes& routes = line.starts_with("an old server") ? old_ : today_;
    ++routes.all;
    while (std::getline(lines, line)) {
      if (!line.starts_with(' ') && line.ends_with(kSame)) {
        ++routes.same[line.substr(0, line.size() - kSame.size())];
      }
    }
  }
}

std::string RemoteProof::CountsOf(
    const Routes& routes, std::span<const std::string_view> tools) const {
  int same = routes.all;
  for (const std::string_view tool : tools) {
    const auto found = routes.same.find(std::string(tool));
    same = std::min(same, found == routes.same.end() ? 0 : found->second);
  }
  return fmt::format("{} of {}", same, routes.all);
}

std::string RemoteProof::Of(std::span<const std::string_view> tools) const {
  return fmt::format(
      "same answers on {} routes and {} old servers, refused on the rest",
      CountsOf(today_, tools), CountsOf(old_, tools));
}

}  // namespace pmcp::parity
