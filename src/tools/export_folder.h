// ExportFolder: where exported files go, the only place that a tool writes to.
// Names are made here and nothing that exists is overwritten, so a caller
// cannot choose what is written where. Thread-safe, also between processes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace pmcp::tools {

class ExportFolder {
 public:
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

 private:
  std::string path_;
};

}  // namespace pmcp::tools
