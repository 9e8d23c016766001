// HashBytes: a quick 64-bit hash for tables and for ids that must be the same
// on every start. Not for anything that an enemy gains by guessing.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

namespace pmcp::store {

/// Spreads every bit of `x` over all bits (the finisher of MurmurHash3).
inline std::uint64_t MixBits(std::uint64_t x) {
  x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
  x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

/// HashBytes with two seeds at once, in the time of one: each word is fetched
/// once, and neither sum waits for the other.
inline std::pair<std::uint64_t, std::uint64_t> HashBytesTwice(
    std::string_view bytes, std::uint64_t seed1, std::uint64_t seed2) {
  std::uint64_t hash1 = MixBits(seed1 + 1) ^ bytes.size();
  std::uint64_t hash2 = MixBits(seed2 + 1) ^ bytes.size();
  const auto add = [](std::uint64_t& hash, std::uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  };
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    add(hash1, word);
    add(hash2, word);
  }
  std::uint64_t tail = 0;
  // An empty view may have no data, which memcpy must not be given.
  if (at < bytes.size()) {
    std::memcpy(&tail, bytes.data() + at, bytes.size() - at);
  }
  add(hash1, tail);
  add(hash2, tail);
  return {MixBits(hash1), MixBits(hash2)};
}

/// Two different `seed`s give two hashes that have nothing to do with each
/// other.
inline std::uint64_t HashBytes(std::string_view bytes, std::uint64_t seed) {
  return HashBytesTwice(bytes, seed, seed).first;
}

}  // namespace pmcp::store
