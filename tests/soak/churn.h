// Churn: a folder of profiles that changes all the time, except `steady/`,
// which is written once. Files are written in two steps, replaced, truncated,
// damaged and removed, and so are labels.json and whole folders. Not
// thread-safe.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_range.h"
#include "tests/support/random.h"
#include "tests/support/temp_folder.h"

namespace pmcp::test {

class Churn {
 public:
  /// Writes `steady/` and the initial other files.
  explicit Churn(std::uint64_t seed);

  const std::filesystem::path& path() const { return folder_.path(); }
  /// A window that contains all profiles.
  static TimeRange Window();

  /// Changes one file.
  void Step();

  /// The number of changes of each kind.
  const std::map<std::string_view, std::size_t>& counts() const {
    return counts_;
  }

 private:
  using Change = void (Churn::*)();
  struct ChangeRow {
    std::string_view name;
    Change change;
  };
  static const std::vector<ChangeRow>& Changes();

  void Appear();
  void Replace();
  void CutShort();
  void Spoil();
  void Vanish();
  void WriteRules();
  void RemoveFolder();

  std::filesystem::path RandomPath();
  std::string_view RandomBytes();

  const TempFolder folder_;
  SplitMix64 random_;
  std::vector<std::string> pool_;  // files, of which any may be anywhere
  std::map<std::string_view, std::size_t> counts_;
};

}  // namespace pmcp::test
