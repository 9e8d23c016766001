// Nginx: Debian's nginx on a free loopback port, as TLS and HTTP/2 endpoint, on
// Unix sockets, and in the role of Grafana's proxy.
//
// Runs as a child process until it is destroyed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/support/temp_folder.h"

namespace pmcp::test {

class Nginx {
 public:
  /// `server` is the content of the block `server { … }`; FOLDER and PORT in it
  /// are replaced.
  explicit Nginx(std::string server);
  ~Nginx();
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  int port() const { return port_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  /// One line per request: "CONNECTION PROTOCOL STATUS METHOD PATH".
  std::string AccessLog() const;
  /// Waits until the log contains `text`: nginx logs after it responds.
  bool Logs(std::string_view text) const;
  std::string ErrorLog() const;

 private:
  const TempFolder folder_;
  const int port_;
  pid_t pid_ = 0;
};

}  // namespace pmcp::test
