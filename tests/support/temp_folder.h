// TempFolder: a new empty folder that is gone when the test ends. It is in
// memory if the machine allows that, and below $TMPDIR if that is set.
#pragma once

#include <filesystem>
#include <string_view>

namespace pmcp::test {

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Makes the folders on the way.
  void Write(const std::filesystem::path& file, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

}  // namespace pmcp::test
