// ExportFolder: where exported files go, the only place that a tool writes to.
// Names are made here and nothing that exists is overwritten, so a caller
// cannot choose what is written where. Thread-safe, also between processes.
#pragma once

#include <cstddef>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace pmcp::tools {

/// A file that was exported, by this or an earlier run of the server.
struct ExportedFile {
  std::string name;
  std::size_t bytes = 0;
  std::timespec written = {};
};

class ExportFolder {
 public:
  static constexpr std::size_t kMostListed = 20;
  static constexpr std::size_t kMaxReadBytes = std::size_t{8} << 20;

  /// The folder is made when it is first needed; "" means that exporting is
  /// switched off.
  explicit ExportFolder(std::string path) : path_(std::move(path)) {}

  /// kUnsupported when it is switched off.
  Result<void> Check() const;

  /// Writes a new file that only its owner can read, and gives its path.
  /// `stem` may be any text: what is no letter, digit, "-", "_" or "." becomes
  /// "-". A stem that is taken gets a number.
  Result<std::string> Write(std::string_view stem, std::string_view extension,
                            std::string_view bytes) const;

  /// The last files, newest first; none where nothing can be listed.
  std::vector<ExportedFile> Latest() const;

  /// What a file holds. kNotFound for any name that is no file directly in the
  /// folder, kTooLarge above kMaxReadBytes.
  Result<std::string> Read(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace pmcp::tools
