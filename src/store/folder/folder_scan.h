// ScanFolder: lists the files of a folder of profiles. It reads names and
// status only, no content. It visits subfolders, follows links to places inside
// the folder, and reports everything else with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp::store {

/// The depth of nested folders, and the number of entries of one scan (through
/// links, one folder may be reached by very many paths).
inline constexpr std::size_t kMaxFolderDepth = 64;
inline constexpr std::size_t kMaxScannedEntries = 1'000'000;

/// Differs if a file was changed or replaced, so the file need not be read.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct FoundFile {
  std::string path;    // relative to the root; may contain links
  std::string target;  // the path without links
  FileStamp stamp;
  /// Its name has one of kProfileEndings, or it is the root itself. Of others
  /// the first bytes decide whether they are profiles.
  bool has_profile_name = true;
  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

/// A file that is not used. `why` follows its name: "is a link out of the
/// folder".
struct LeftOut {
  std::string path;
  std::string why;
  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

/// Sorted by the bytes of the paths, independent of the file system.
struct FolderScan {
  std::vector<FoundFile> profiles;
  std::vector<FoundFile> label_rules;  // sorted by depth, then by path
  std::vector<LeftOut> left_out;
  /// Files without a profile's name beyond kMaxUnnamedFiles.
  std::size_t not_looked_at = 0;
};

/// Files without a profile's name that are looked into in one scan.
inline constexpr std::size_t kMaxUnnamedFiles = 20'000;

/// The endings of files that are read as profiles. A file with such a name that
/// is no profile is reported.
inline constexpr std::string_view kProfileEndings[] = {
    ".pb.gz", ".pb", ".pprof", ".pprof.gz", ".prof", ".prof.gz"};
bool IsProfileName(std::string_view file_name);

/// Whether the name says that a file is no profile: sources, programs, pictures
/// and the like are not looked into.
bool IsOtherName(std::string_view file_name);

/// Which files count.
enum class ScanFor : std::uint8_t {
  kProfileNames,  // those with a profile's name
  kAnyFile,       // also those that IsOtherName does not exclude
};

/// `root` is a folder or one file, whose path is its name. An error when it
/// cannot be read, or the call ends.
Result<FolderScan> ScanFolder(const std::string& root, ScanFor wanted,
                              const CallContext& call);

}  // namespace pmcp::store
