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
};

/// The endings of the files that are read. All other files are ignored.
inline constexpr std::string_view kProfileEndings[] = {
    ".pb.gz", ".pb", ".pprof", ".pprof.gz", ".prof", ".prof.gz"};
bool IsProfileName(std::string_view file_name);

/// Fails if the folder itself cannot be read, or the call ends.
Result<FolderScan> ScanFolder(const std::string& root, const CallContext& call);

}  // namespace pmcp::store
