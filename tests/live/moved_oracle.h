// MovedOracle: the oracle's profiles with their times moved into the last 40
// minutes, as a folder and as a push message. All have a label with the name of
// this run, which separates them from other data on the server.
#pragma once

#include <string>

#include "base/time_range.h"
#include "tests/support/temp_folder.h"

namespace pmcp::live {

class MovedOracle {
 public:
  /// `run` becomes the value of the label.
  MovedOracle(TimePointMs now, const std::string& run);

  std::string folder() const { return folder_.path().string(); }
  /// `pmcp_run="…"`.
  std::string selector() const;
  /// The window that contains all profiles.
  const TimeRange& window() const { return window_; }
  /// One message push.v1.PushRequest with all profiles.
  const std::string& push() const { return push_; }

 private:
  const std::string run_;
  const TimeRange window_;
  const test::TempFolder folder_;
  std::string push_;
};

}  // namespace pmcp::live
