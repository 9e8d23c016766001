// WithoutRoot: root may read everything, so a test about permissions has to be
// someone else for a moment; tests run as root in containers.
#pragma once

#include <unistd.h>

#include <filesystem>

#include "base/check.h"

namespace pmcp::test {

/// Calls `work` as a user without rights, who may read `folder` (but nothing
/// below it that forbids it).
template <typename Work>
auto WithoutRoot(const std::filesystem::path& folder, Work work) {
  constexpr ::uid_t kNobody = 65534;
  namespace fs = std::filesystem;
  // The group too: it stays root's, and would be asked instead of "others".
  fs::permissions(folder,
                  fs::perms::group_read | fs::perms::group_exec |
                      fs::perms::others_read | fs::perms::others_exec,
                  fs::perm_options::add);
  const bool is_root = ::geteuid() == 0;
  if (is_root) PMCP_CHECK(::seteuid(kNobody) == 0);
  auto result = work();
  if (is_root) PMCP_CHECK(::seteuid(0) == 0);
  return result;
}

}  // namespace pmcp::test
