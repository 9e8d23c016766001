#include "tools/export/export_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/file_descriptor.h"

namespace pmcp::tools {
namespace {

constexpr std::size_t kMaxStemBytes = 120;
/// Maximum number of files with the same stem.
constexpr int kMostNumbers = 1000;

Error CannotWrite(const std::string& path, int code) {
  const bool refused = code == EACCES || code == EPERM || code == EROFS;
  return {refused ? ErrorKind::kPermissionDenied : ErrorKind::kUnavailable,
          fmt::format("cannot write to the export folder {}: {}", path,
                      std::generic_category().message(code)),
          "Make it writable, or start the server with another --export-dir."};
}

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// The stem never begins with a dot, so the file is not hidden and not "..".
std::string PlainStem(std::string_view text) {
  std::string stem;
  for (const char c : text.substr(0, kMaxStemBytes)) {
    stem.push_back(IsPlain(c) ? c : '-');
  }
  if (stem.empty() || stem.front() == '.') stem.insert(0, "-");
  return stem;
}

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Returns 0 or errno. Deletes a file that could not be written completely.
int WriteNew(int folder, const std::string& name, std::string_view bytes) {
  FileDescriptor file(::openat(
      folder, name.c_str(),
      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.get() < 0) return errno;
  if (WriteAll(file.get(), bytes) && file.Close()) return 0;
  const int code = errno;
  ::unlinkat(folder, name.c_str(), 0);
  return code;
}

}  // namespace

Result<void> ExportFolder::Check() const {
  if (!path_.empty()) return {};
  return Error{ErrorKind::kUnsupported,
               "this server has no folder to export files to",
               "Start it with --export-dir and a folder."};
}

Result<std::string> ExportFolder::Write(std::string_view stem,
                                        std::string_view extension,
                                        std::string_view bytes) const {
  PMCP_TRY_VOID(Check());
  std::error_code made;
  if (std::filesystem::create_directories(path_, made)) {
    // Profiles reveal the internals of a program.
    ::chmod(path_.c_str(), S_IRWXU);
  }
  if (made) return CannotWrite(path_, made.value());
  const FileDescriptor folder(
      ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return CannotWrite(path_, errno);
  const std::string plain = PlainStem(stem);
  for (int number = 1; number <= kMostNumbers; ++number) {
    const std::string name =
        number == 1 ? fmt::format("{}{}", plain, extension)
                    : fmt::format("{}-{}{}", plain, number, extension);
    const int code = WriteNew(folder.get(), name, bytes);
    if (code == 0) return (std::filesystem::path(path_) / name).string();
    if (code != EEXIST) return CannotWrite(path_, code);
  }
  return Error{ErrorKind::kUnavailable,
               fmt::format("the export folder {} has too many files called {}",
                           path_, plain),
               "Delete old files in it."};
}

}  // namespace pmcp::tools
