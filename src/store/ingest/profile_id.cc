#include "store/ingest/profile_id.h"

#include <fmt/core.h>

#include <cstdint>

#include "base/hash.h"

namespace pmcp::store {

std::string ProfileId(std::string_view path, std::string_view bytes) {
  const std::uint64_t file = HashBytes(path, 0);
  const auto [first, second] = HashBytesTwice(bytes, 1, 2);
  const std::uint64_t high = MixBits(file ^ first);
  const std::uint64_t low = MixBits(file ^ second);
  // xxxxxxxx-xxxx-8xxx-yxxx-xxxxxxxxxxxx; the two top bits of y are 10.
  return fmt::format("{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}", high >> 32,
                     high >> 16 & 0xffff, high & 0xfff,
                     (low >> 48 & 0x3fff) | 0x8000, low & 0xffffffffffff);
}

}  // namespace pmcp::store
