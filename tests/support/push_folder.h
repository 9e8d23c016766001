// PushFolder: writes the profiles of push.v1.PusherService/Push messages to a
// folder for the embedded store. Thread-safe.
#pragma once

#include <cstddef>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/support/temp_folder.h"

namespace pmcp::test {

class PushFolder {
 public:
  std::string path() const { return folder_.path().string(); }
  /// False if the message is invalid.
  bool Take(std::string_view message);
  /// Accepts that many profiles and loses all further ones.
  void IgnoreAfter(std::size_t profiles);

 private:
  bool TakeSeries(std::string_view message);

  const TempFolder folder_;
  std::mutex mutex_;  // guards what follows
  nlohmann::json rules_ = nlohmann::json::object();
  std::size_t taken_ = 0;
  std::size_t most_ = static_cast<std::size_t>(-1);
};

}  // namespace pmcp::test
