#include "profile/pprof/pprof_numbers.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using test::SplitMix64;

struct Decoded {
  std::vector<std::uint64_t> numbers;
  WireProblem problem = WireProblem::kNone;
  bool operator==(const Decoded&) const = default;
};

enum class Reader { kShort, kAny };

/// Decodes `packed`, which is followed by `readable` other bytes.
Decoded Decode(Reader reader, std::string packed, std::size_t readable) {
  const std::size_t size = packed.size();
  packed += std::string(readable, '\xff');
  const char* const begin = packed.data();
  Decoded decoded;
  const auto sink = [&](std::uint64_t n) { decoded.numbers.push_back(n); };
  if (reader == Reader::kShort) {
    ForEachShortNumber(begin, begin + size, begin + packed.size(),
                       decoded.problem, sink);
  } else {
    ForEachNumber(begin, begin + size, begin + packed.size(), decoded.problem,
                  sink);
  }
  return decoded;
}

/// Decodes byte by byte.
Decoded DecodePlainly(const std::string& packed) {
  Decoded decoded;
  const char* next = packed.data();
  const char* const end = next + packed.size();
  while (next != end) {
    std::uint64_t number = 0;
    next = ReadWireNumber(next, end, number, decoded.problem);
    if (next == nullptr) break;
    decoded.numbers.push_back(number);
  }
  return decoded;
}

std::string Number(std::uint64_t number) {
  std::string bytes;
  for (; number >= 0x80; number >>= 7) {
    bytes.push_back(static_cast<char>(number | 0x80));
  }
  bytes.push_back(static_cast<char>(number));
  return bytes;
}

std::string ToHex(const std::string& bytes) {
  std::string text;
  for (const char byte : bytes) {
    text += fmt::format("{:02x} ", static_cast<unsigned char>(byte));
  }
  return text;
}

TEST(PprofNumbers, AreReadInOrder) {
  const std::string packed = Number(1) + Number(127) + Number(128) +
                             Number(300) + Number(~std::uint64_t{0}) +
                             std::string("\x80\x00", 2) + Number(2);
  for (const Reader reader : {Reader::kShort, Reader::kAny}) {
    EXPECT_EQ(Decode(reader, packed, 8).numbers,
              (std::vector<std::uint64_t>{1, 127, 128, 300, ~std::uint64_t{0},
                                          0, 2}));
  }
}

// Random numbers of any length, truncated and invalid ones, and any number of
// readable bytes after the field.
TEST(PprofNumbers, AreThoseOfPlainReading) {
  SplitMix64 random(5);
  for (int round = 0; round < 100'000; ++round) {
    std::string packed;
    const std::size_t numbers = random.Below(40);
    const bool has_long = random.OneIn(4);
    for (std::size_t i = 0; i < numbers; ++i) {
      packed += Number(has_long && random.OneIn(9)
                           ? random.Next() >> random.Below(64)
                           : random.Below(random.OneIn(2) ? 128 : 16'384));
    }
    if (!packed.empty() && random.OneIn(10)) {
      packed[random.Below(packed.size())] = '\xff';
    }
    for (const Reader reader : {Reader::kShort, Reader::kAny}) {
      ASSERT_EQ(Decode(reader, packed, random.Below(12)), DecodePlainly(packed))
          << ToHex(packed);
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
