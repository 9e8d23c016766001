// HashBytes: a fast 64-bit hash for tables and for ids that must be the same on
// every start. Not for security: an attacker can find collisions.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

namespace pmcp {

/// Spreads every bit of `x` over all bits (the finalizer of MurmurHash3).
inline std::uint64_t MixBits(std::uint64_t x) {
  x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdULL;
  x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

/// HashBytes with two seeds, in the time of one: each word is loaded once, and
/// the two hashes do not depend on each other.
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
  // memcpy requires a non-null pointer; that of an empty view may be null.
  if (at < bytes.size()) {
    std::memcpy(&tail, bytes.data() + at, bytes.size() - at);
  }
  add(hash1, tail);
  add(hash2, tail);
  return {MixBits(hash1), MixBits(hash2)};
}

/// Different seeds give independent hashes.
inline std::uint64_t HashBytes(std::string_view bytes, std::uint64_t seed) {
  return HashBytesTwice(bytes, seed, seed).first;
}

}  // namespace pmcp
