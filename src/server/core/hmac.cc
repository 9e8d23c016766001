#include "server/core/hmac.h"

#include <dlfcn.h>
#include <openssl/hmac.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstddef>

namespace pmcp::server {
namespace {

// Both have the two functions below with the same meaning.
constexpr const char* kLibraryNames[] = {"libcrypto.so.3", "libcrypto.so.1.1",
                                         "libcrypto.so", "libcrypto.3.dylib"};
constexpr std::size_t kBytes = 32;

struct Library {
  decltype(&::HMAC) hmac = nullptr;
  decltype(&::EVP_sha256) sha256 = nullptr;
};

Error NoCrypto(const char* why) {
  return {ErrorKind::kInternal,
          std::string("the crypto library cannot be used: ") + why,
          "Install OpenSSL's libcrypto where this server runs."};
}

Result<Library> LoadLibrary() {
  void* handle = nullptr;
  for (const char* name : kLibraryNames) {
    if (handle == nullptr) handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (handle == nullptr) return NoCrypto("it is not there");
  Library library;
  library.hmac =
      reinterpret_cast<decltype(library.hmac)>(::dlsym(handle, "HMAC"));
  library.sha256 =
      reinterpret_cast<decltype(library.sha256)>(::dlsym(handle, "EVP_sha256"));
  if (library.hmac == nullptr || library.sha256 == nullptr) {
    return NoCrypto("a function is missing");
  }
  return library;
}

}  // namespace

Result<std::string> Hmac::NewKey() {
  std::string key(kBytes, '\0');
  std::size_t have = 0;
  while (have < key.size()) {
    const ssize_t got = ::getrandom(key.data() + have, key.size() - have, 0);
    if (got < 0 && errno != EINTR) return NoCrypto("no randomness");
    if (got > 0) have += static_cast<std::size_t>(got);
  }
  return key;
}

Result<std::string> Hmac::Sha256(std::string_view key,
                                 std::string_view message) {
  static const Result<Library> library = LoadLibrary();
  if (!library) return library.error();
  std::array<unsigned char, kBytes> digest{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  if (library->hmac(library->sha256(), key.data(), static_cast<int>(key.size()),
                    bytes, message.size(), digest.data(), &size) == nullptr ||
      size != digest.size()) {
    return NoCrypto("it gave no digest");
  }
  return std::string(digest.begin(), digest.end());
}

}  // namespace pmcp::server
