// Certificates: a test CA and certificates that it signed, as PEM files.
#pragma once

#include <string>

#include "tests/support/temp_folder.h"

namespace pmcp::test {

class Certificates {
 public:
  /// Uses the program openssl; the names are "localhost" and 127.0.0.1.
  Certificates();

  std::string ca() const { return File("ca.pem"); }
  std::string server() const { return File("server.pem"); }
  std::string server_key() const { return File("server.key"); }
  std::string client() const { return File("client.pem"); }
  std::string client_key() const { return File("client.key"); }
  /// A certificate for another host name, signed by the same CA.
  std::string other_server() const { return File("other.pem"); }
  std::string other_server_key() const { return File("other.key"); }

 private:
  std::string File(const char* name) const {
    return (folder_.path() / name).string();
  }
  void Make(const std::string& name, const std::string& extension) const;

  const TempFolder folder_;
};

}  // namespace pmcp::test
