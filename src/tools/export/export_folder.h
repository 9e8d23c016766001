// ExportFolder: the folder of exported files, the only place that a tool writes
// to. This class chooses the file names and never overwrites a file, so a
// caller cannot choose a path. Thread-safe, also between processes.
#pragma once

#include <cstddef>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace pmcp::tools {

/// A file exported by this or an earlier run of the server.
struct ExportedFile {
  std::string name;
  std::size_t bytes = 0;
  std::timespec written = {};
};

class ExportFolder {
 public:
  static constexpr std::size_t kMostListed = 20;
  static constexpr std::size_t kMaxReadBytes = std::size_t{8} << 20;

  /// The folder is created when it is first needed. "" turns exporting off.
  explicit ExportFolder(std::string path) : path_(std::move(path)) {}

  /// kUnsupported if exporting is off.
  Result<void> Check() const;

  /// Writes a new file with mode 0600 and returns its path. `stem` may be any
  /// text: characters other than letters, digits, "-", "_" and "." become "-".
  /// If the name exists, a number is appended.
  Result<std::string> Write(std::string_view stem, std::string_view extension,
                            std::string_view bytes) const;

  /// The newest kMostListed files, newest first; empty if the folder cannot be
  /// read.
  std::vector<ExportedFile> Latest() const;

  /// The content of a file. kNotFound unless `name` is a regular file directly
  /// in the folder, kTooLarge above kMaxReadBytes.
  Result<std::string> Read(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace pmcp::tools
