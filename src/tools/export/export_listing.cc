// The read methods of ExportFolder.
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <tuple>

#include "base/file_descriptor.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "tools/export/export_folder.h"

namespace pmcp::tools {
namespace {

/// Maximum number of directory entries that are read: the folder may contain
/// unrelated files.
constexpr std::size_t kMostLookedAt = 10'000;

bool NewestFirst(const ExportedFile& a, const ExportedFile& b) {
  return std::tie(b.written.tv_sec, b.written.tv_nsec, a.name) <
         std::tie(a.written.tv_sec, a.written.tv_nsec, b.name);
}

/// Whether `name` is a plain file name: no path, not hidden.
bool IsFileName(const std::string& name) {
  return !name.empty() && name.front() != '.' &&
         name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos && IsSafeText(name);
}

Error NoSuchFile(const std::string& name) {
  return NotFound(
      fmt::format("no exported file \"{}\"", Shorten(Sanitize(name), 80)),
      "List the resources to see the newest files.");
}

Result<std::string> ReadAll(int fd, std::size_t size, const std::string& name) {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = ::read(fd, bytes.data() + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Error{ErrorKind::kUnavailable,
                   fmt::format("cannot read the exported file {}: {}", name,
                               std::generic_category().message(errno)),
                   "Export it again."};
    }
    if (got == 0) break;  // truncated after fstat
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

}  // namespace

std::vector<ExportedFile> ExportFolder::Latest() const {
  std::vector<ExportedFile> files;
  if (path_.empty()) return files;
  std::error_code problem;
  std::filesystem::directory_iterator entry(path_, problem);
  const std::filesystem::directory_iterator end;
  for (std::size_t seen = 0; !problem && entry != end && seen < kMostLookedAt;
       entry.increment(problem), ++seen) {
    struct stat state = {};
    const std::string name = entry->path().filename().string();
    if (!IsFileName(name) || ::lstat(entry->path().c_str(), &state) != 0 ||
        !S_ISREG(state.st_mode)) {
      continue;
    }
    files.push_back({.name = name,
                     .bytes = static_cast<std::size_t>(state.st_size),
                     .written = state.st_mtim});
  }
  std::ranges::sort(files, NewestFirst);
  if (files.size() > kMostListed) files.resize(kMostListed);
  return files;
}

Result<std::string> ExportFolder::Read(const std::string& name) const {
  PMCP_TRY_VOID(Check());
  if (!IsFileName(name)) return NoSuchFile(name);
  const FileDescriptor folder(
      ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return NoSuchFile(name);
  // Without O_NONBLOCK, opening a pipe would wait for a writer.
  const FileDescriptor file(
      ::openat(folder.get(), name.c_str(),
               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat state = {};
  if (file.get() < 0 || ::fstat(file.get(), &state) != 0 ||
      !S_ISREG(state.st_mode)) {
    return NoSuchFile(name);
  }
  const auto size = static_cast<std::size_t>(state.st_size);
  if (size > kMaxReadBytes) {
    return Error{
        ErrorKind::kTooLarge,
        fmt::format("the exported file {} has {} bytes, which is too large to "
                    "read",
                    name, size),
        fmt::format("Copy it from {} on the server's machine.", path_)};
  }
  return ReadAll(file.get(), size, name);
}

}  // namespace pmcp::tools
