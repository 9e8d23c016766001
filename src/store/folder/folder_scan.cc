#include "store/folder/folder_scan.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"
#include "store/folder/file_stamp.h"
#include "store/ingest/label_rules.h"

namespace pmcp::store {
namespace {

constexpr std::size_t kEntriesPerCheck = 256;
/// Endings of files that are no profiles, and that projects have many of.
constexpr std::string_view kOtherEndings[] = {
    "a",      "bmp",  "bz2",   "c",     "cc",   "class",  "cmake", "conf",
    "cpp",    "crt",  "cs",    "css",   "csv",  "cu",     "cxx",   "d",
    "db",     "deb",  "dll",   "dylib", "eot",  "exe",    "gif",   "go",
    "gradle", "h",    "hpp",   "html",  "ico",  "ini",    "ipynb", "jar",
    "java",   "jpeg", "jpg",   "js",    "jsx",  "key",    "kt",    "lock",
    "lua",    "m",    "map",   "md",    "mjs",  "mk",     "mod",   "mp3",
    "mp4",    "o",    "obj",   "ogg",   "otf",  "pdf",    "pem",   "php",
    "pl",     "png",  "proto", "ps1",   "pxd",  "py",     "pyc",   "pyi",
    "pyx",    "rb",   "rlib",  "rmeta", "rpm",  "rs",     "rst",   "s",
    "scala",  "scss", "sh",    "so",    "sql",  "sqlite", "sum",   "svg",
    "swift",  "tar",  "tgz",   "tif",   "tiff", "toml",   "ts",    "tsx",
    "ttf",    "vue",  "wasm",  "wav",   "webp", "whl",    "woff",  "woff2",
    "xml",    "xz",   "yaml",  "yml",   "zip"};
constexpr std::string_view kCycle = "is a link in a cycle";

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using OpenFolder = std::unique_ptr<DIR, CloseFolder>;

/// The path without links; nullopt and errno on failure.
std::optional<std::string> RealPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(
      ::realpath(path.c_str(), nullptr), &std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

/// Both paths are without links. "/data-old" is not inside "/data".
bool IsInside(std::string_view folder, std::string_view path) {
  if (folder == "/") return true;
  return path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

std::string Below(const std::string& folder, std::string_view name) {
  std::string path;
  path.reserve(folder.size() + 1 + name.size());
  path = folder;
  if (!folder.empty()) path += '/';
  return path += name;
}

std::string WhyUnseen(int error_number) {
  return fmt::format("cannot be accessed: {}", SystemMessage(error_number));
}

std::string WhyBroken(int error_number) {
  if (error_number == ENOENT) return "is a broken link";
  if (error_number == ELOOP) return std::string(kCycle);
  return WhyUnseen(error_number);
}

/// The names that are not hidden, sorted.
std::vector<std::string> NamesIn(DIR* folder) {
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(folder)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  std::ranges::sort(names);
  return names;
}

/// Rules of a deeper folder come later and take precedence (LabelsOfPath).
std::pair<std::ptrdiff_t, std::string_view> DepthAndPath(
    const FoundFile& file) {
  return {std::ranges::count(file.path, '/'), file.path};
}

// Walks over the folder, depth first. Only the end of the call and the limit of
// entries make it fail.
class Scanner {
 public:
  Scanner(std::string root, ScanFor wanted, const CallContext& call)
      : root_(std::move(root)), wanted_(wanted), call_(call) {}

  Result<FolderScan> Scan(const FileStamp& root_stamp) {
    PMCP_TRY_VOID(Visit({.path = "", .target = root_, .stamp = root_stamp}));
    std::ranges::sort(scan_.profiles, {}, &FoundFile::path);
    std::ranges::sort(scan_.label_rules, {}, DepthAndPath);
    std::ranges::sort(scan_.left_out, {}, &LeftOut::path);
    return std::move(scan_);
  }

 private:
  Result<void> Visit(const FoundFile& folder);
  Result<void> Look(const FoundFile& folder, int open_folder,
                    const std::string& name, std::vector<FoundFile>& folders);
  Result<void> Enter(const FoundFile& folder);
  void LookAtUnnamed(FoundFile found, const struct stat& status,
                     std::string_view name);
  bool Resolve(FoundFile& found, struct stat& status);
  Result<void> CountEntry();

  void LeaveOut(const std::string& path, std::string why) {
    scan_.left_out.push_back({path, std::move(why)});
  }

  const std::string root_;
  const ScanFor wanted_;
  const CallContext& call_;
  FolderScan scan_;
  std::size_t unnamed_ = 0;
  std::size_t entries_ = 0;
  // The folders from the root to the current one, to detect cycles.
  std::vector<FileStamp> folders_above_;
};

Result<void> Scanner::Visit(const FoundFile& folder) {
  OpenFolder open(::opendir(folder.target.c_str()));
  if (!open) {
    LeaveOut(folder.path,
             fmt::format("cannot be opened: {}", SystemMessage(errno)));
    return {};
  }
  std::vector<FoundFile> folders;
  for (const std::string& name : NamesIn(open.get())) {
    PMCP_TRY_VOID(Look(folder, ::dirfd(open.get()), name, folders));
  }
  // Only one folder is open at a time, at any depth.
  open.reset();
  folders_above_.push_back(folder.stamp);
  for (const FoundFile& below : folders) PMCP_TRY_VOID(Enter(below));
  folders_above_.pop_back();
  return {};
}

bool IsWanted(std::string_view name) {
  return name == kLabelRulesFile || IsProfileName(name);
}

/// Folders of dependencies hold many files and no profiles.
bool IsSkippedFolder(std::string_view name) { return name == "node_modules"; }

// Asks by the open folder: to walk its path for each of thousands of files is
// most of the time that a scan takes.
Result<void> Scanner::Look(const FoundFile& folder, int open_folder,
                           const std::string& name,
                           std::vector<FoundFile>& folders) {
  PMCP_TRY_VOID(CountEntry());
  FoundFile found{.path = Below(folder.path, name),
                  .target = Below(folder.target, name),
                  .stamp = {}};
  struct stat status {};
  if (::fstatat(open_folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    // Ignores entries that were removed since the folder was listed.
    if (errno != ENOENT) LeaveOut(found.path, WhyUnseen(errno));
    return {};
  }
  if (S_ISLNK(status.st_mode) && !Resolve(found, status)) return {};
  found.stamp = StampOf(status);
  if (S_ISDIR(status.st_mode)) {
    if (!IsSkippedFolder(name)) folders.push_back(std::move(found));
    return {};
  }
  if (!IsWanted(name)) {
    LookAtUnnamed(std::move(found), status, name);
    return {};
  }
  // Opening a pipe would wait for its other end.
  if (!S_ISREG(status.st_mode)) {
    LeaveOut(found.path, "is not a regular file");
  } else if (name == kLabelRulesFile) {
    scan_.label_rules.push_back(std::move(found));
  } else {
    scan_.profiles.push_back(std::move(found));
  }
  return {};
}

/// A file whose first bytes have to be read.
void Scanner::LookAtUnnamed(FoundFile found, const struct stat& status,
                            std::string_view name) {
  if (wanted_ != ScanFor::kAnyFile || !S_ISREG(status.st_mode) ||
      status.st_size == 0 || IsOtherName(name)) {
    return;
  }
  if (++unnamed_ > kMaxUnnamedFiles) {
    ++scan_.not_looked_at;
    return;
  }
  found.has_profile_name = false;
  scan_.profiles.push_back(std::move(found));
}

/// Follows a link. False when it leads nowhere we go. A link that is none of
/// ours by its name is passed over, unless it is a folder: what would have been
/// below it is missing, which the reader has to be told.
bool Scanner::Resolve(FoundFile& found, struct stat& status) {
  const bool is_wanted = IsWanted(BaseName(found.path));
  const auto real = RealPath(found.target);
  if (!real || ::stat(real->c_str(), &status) != 0) {
    if (is_wanted) LeaveOut(found.path, WhyBroken(errno));
    return false;
  }
  if (!IsInside(root_, *real)) {
    if (is_wanted || S_ISDIR(status.st_mode)) {
      LeaveOut(found.path, "is a link out of the folder");
    }
    return false;
  }
  found.target = *real;
  return true;
}

// A folder may be visited by several paths (such as "v2" and "current"), since
// its files have different labels then, but not inside itself.
Result<void> Scanner::Enter(const FoundFile& folder) {
  const auto is_same = [&](const FileStamp& open) {
    return open.device == folder.stamp.device &&
           open.inode == folder.stamp.inode;
  };
  if (std::ranges::any_of(folders_above_, is_same)) {
    LeaveOut(folder.path, std::string(kCycle));
    return {};
  }
  if (folders_above_.size() == kMaxFolderDepth) {
    LeaveOut(folder.path, fmt::format("is nested more than {} folders deep",
                                      kMaxFolderDepth));
    return {};
  }
  return Visit(folder);
}

Result<void> Scanner::CountEntry() {
  if (++entries_ > kMaxScannedEntries) {
    return Error{ErrorKind::kTooLarge,
                 fmt::format("the folder of profiles holds more than {} "
                             "entries",
                             kMaxScannedEntries),
                 "Serve a smaller folder, or remove links between folders."};
  }
  if (entries_ % kEntriesPerCheck == 0) return call_.Check();
  return {};
}

Error CannotOpenRoot(const std::string& root, int error_number) {
  const std::string name = Sanitize(root);
  if (error_number == ENOENT) {
    return NotFound(
        fmt::format("the folder or file of profiles \"{}\" does not exist",
                    name),
        "Create it, or give another one with --profiles-dir or "
        "PROFILES_DIR.");
  }
  return {
      error_number == EACCES ? ErrorKind::kPermissionDenied
                             : ErrorKind::kNotFound,
      fmt::format("the folder or file of profiles \"{}\" cannot be opened: {}",
                  name, SystemMessage(error_number)),
      "Give a readable one with --profiles-dir or PROFILES_DIR."};
}

}  // namespace

bool IsProfileName(std::string_view file_name) {
  return std::ranges::any_of(kProfileEndings, [&](std::string_view ending) {
    return file_name.ends_with(ending);
  });
}

bool IsOtherName(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return false;
  return std::ranges::find(kOtherEndings, file_name.substr(dot + 1)) !=
         std::end(kOtherEndings);
}

Result<FolderScan> ScanFolder(const std::string& root, ScanFor wanted,
                              const CallContext& call) {
  const auto real = RealPath(root);
  struct stat status {};
  if (!real || ::stat(real->c_str(), &status) != 0) {
    return CannotOpenRoot(root, errno);
  }
  if (S_ISREG(status.st_mode)) {
    const std::string name(BaseName(root));
    return FolderScan{
        .profiles = {{.path = name, .target = *real, .stamp = StampOf(status)}},
        .label_rules = {},
        .left_out = {}};
  }
  // Below the root, a folder that cannot be opened is a notice only.
  const OpenFolder probe(::opendir(real->c_str()));
  if (!probe) return CannotOpenRoot(root, errno);
  return Scanner(*real, wanted, call).Scan(StampOf(status));
}

}  // namespace pmcp::store
