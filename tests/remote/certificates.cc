#include "tests/remote/certificates.h"

#include <fmt/core.h>

#include <cstdlib>

#include "base/check.h"

namespace pmcp::test {
namespace {

/// Elliptic-curve keys, which are generated quickly.
constexpr const char* kRequest =
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
    "-days 2 -keyout {0}.key -out {0}.pem -subj /CN={0} {1} 2>openssl.log";

void Run(const std::string& folder, const std::string& command) {
  PMCP_CHECK(
      std::system(fmt::format("cd '{}' && {}", folder, command).c_str()) == 0);
}

}  // namespace

Certificates::Certificates() {
  Run(folder_.path().string(),
      fmt::format(fmt::runtime(kRequest), "ca",
                  "-addext basicConstraints=critical,CA:TRUE"));
  Make("server", "subjectAltName=DNS:localhost,IP:127.0.0.1");
  Make("other", "subjectAltName=DNS:elsewhere.example");
  Make("client", "extendedKeyUsage=clientAuth");
}

void Certificates::Make(const std::string& name,
                        const std::string& extension) const {
  Run(folder_.path().string(),
      fmt::format(fmt::runtime(kRequest), name,
                  "-CA ca.pem -CAkey ca.key "
                  "-addext basicConstraints=critical,CA:FALSE -addext " +
                      extension));
}

}  // namespace pmcp::test
