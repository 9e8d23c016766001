// ScanFolder: which files a folder of profiles holds right now. Looks at names
// and states only; reads none. Walks folders below it, follows links to places
// inside it, and leaves everything else out with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp::store {

/// Folders inside one another, and entries looked at in one scan (links may
/// lead to the same folder by very many ways).
inline constexpr std::size_t kMaxFolderDepth = 64;
inline constexpr std::size_t kMaxScannedEntries = 1'000'000;

/// By this a changed or replaced file is known without reading it.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct FoundFile {
  std::string path;    // below the root, as the folders name it
  std::string target;  // the file itself, without links
  FileStamp stamp;
  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

/// `why` follows the name: "is a link out of the folder".
struct LeftOut {
  std::string path;
  std::string why;
  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

/// In the order of the paths' bytes, whatever the order of the file system.
struct FolderScan {
  std::vector<FoundFile> profiles;
  std::vector<FoundFile> label_rules;  // by depth first
  std::vector<LeftOut> left_out;
};

/// The endings of files that are read; all others are none of ours.
inline constexpr std::string_view kProfileEndings[] = {
    ".pb.gz", ".pb", ".pprof", ".pprof.gz", ".prof", ".prof.gz"};
bool IsProfileName(std::string_view file_name);

/// An error when the folder itself cannot be read, or the call ends.
Result<FolderScan> ScanFolder(const std::string& root, const CallContext& call);

}  // namespace pmcp::store
