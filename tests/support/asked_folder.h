// AskedFolder: a temporary folder of profiles and the source that serves it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "store/directory_source.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace pmcp::test {

class AskedFolder {
 public:
  /// `options.folder` is set here. By default the folder answers as a server
  /// would that was sent the files.
  explicit AskedFolder(store::DirectoryOptions options = {
                           .folder = {},
                           .rules = store::IngestRules::kAsPushed});

  static TimePointMs kNow() { return At("2026-07-28T12:00:00Z"); }

  const std::filesystem::path& path() const { return folder_.path(); }
  void Write(const std::filesystem::path& file, std::string_view bytes) const {
    folder_.Write(file, bytes);
  }
  /// In one step, as careful writers do it.
  void Replace(const std::filesystem::path& file, std::string_view bytes) const;

  const source::ProfileSource& source() const { return source_; }

  /// The merged stacks of all time as a text (ToText), or the error's message.
  std::string Tree(std::string_view selector,
                   std::string_view type =
                       "process_cpu:cpu:nanoseconds:cpu:nanoseconds") const;
  /// What answers say about the folder now, or the error's message.
  std::vector<std::string> Notices() const;

 private:
  TempFolder folder_;
  FakeClock clock_{kNow()};
  store::DirectorySource source_;
};

}  // namespace pmcp::test
