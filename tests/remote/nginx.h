// Nginx: Debian's nginx on a free port of the loopback, for what stands between
// us and a server: TLS, HTTP/2, sockets, Grafana's proxy.
//
// Runs as a child until it is destroyed.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/support/temp_folder.h"

namespace pmcp::test {

class Nginx {
 public:
  /// `server` is what stands in the block `server { … }`; FOLDER and PORT in it
  /// are replaced.
  explicit Nginx(std::string server);
  ~Nginx();
  Nginx(const Nginx&) = delete;
  Nginx& operator=(const Nginx&) = delete;

  int port() const { return port_; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  /// A line a request: "CONNECTION PROTOCOL STATUS METHOD PATH".
  std::string AccessLog() const;
  /// Whether `text` gets into it: nginx writes a line after its answer.
  bool Logs(std::string_view text) const;
  std::string ErrorLog() const;

 private:
  const TempFolder folder_;
  const int port_;
  pid_t pid_ = 0;
};

}  // namespace pmcp::test
