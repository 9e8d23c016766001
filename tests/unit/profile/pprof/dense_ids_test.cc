#include "profile/pprof/dense_ids.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "profile/pprof/id_index.h"
#include "profile/pprof/pprof_numbers.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using test::SplitMix64;

struct Decoded {
  std::vector<std::uint32_t> indices;
  WireProblem problem = WireProblem::kNone;
  bool operator==(const Decoded&) const = default;
};

/// As the decoder does it: quickly as far as that goes, then one by one. With
/// `room` for so many, and `readable` bytes behind the packed ones.
Decoded Decode(std::string packed, std::uint32_t count, std::size_t room,
               std::size_t readable) {
  const std::size_t size = packed.size();
  packed += std::string(readable, '\xff');
  std::vector<std::uint32_t> out(room + 1, 0xdead);
  PackedIds ids{packed.data(), packed.data() + size,
                packed.data() + packed.size(), out.data(), out.data() + room};
  DecodeDenseIds(ids, count);
  EXPECT_EQ(out.back(), 0xdead) << "written out of the room there is";
  EXPECT_LE(ids.out, ids.out_end);
  Decoded decoded;
  decoded.indices.assign(out.data(), ids.out);
  const IdIndex index = IdIndex::InOrder(count);
  ForEachShortNumber(
      ids.next, ids.end, ids.readable, decoded.problem,
      [&](std::uint64_t id) { decoded.indices.push_back(index.Find(id)); });
  return decoded;
}

/// One number at a time, and nothing quick about it.
Decoded DecodePlainly(const std::string& packed, std::uint32_t count) {
  Decoded decoded;
  const IdIndex index = IdIndex::InOrder(count);
  const char* next = packed.data();
  const char* const end = next + packed.size();
  while (next != end) {
    std::uint64_t id = 0;
    next = ReadWireNumber(next, end, id, decoded.problem);
    if (next == nullptr) break;
    decoded.indices.push_back(index.Find(id));
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

TEST(DenseIds, BecomeIndices) {
  const std::string packed =
      Number(1) + Number(127) + Number(128) + Number(300) + Number(2);
  EXPECT_EQ(Decode(packed, 300, 100, 8).indices,
            (std::vector<std::uint32_t>{0, 126, 127, 299, 1}));
}

TEST(DenseIds, AreUnknownAboveTheLastAndBelowTheFirst) {
  const std::string packed = Number(10) + Number(11) + Number(16383) +
                             Number(0) + std::string("\x80\x00", 2);
  EXPECT_EQ(
      Decode(packed, 10, 100, 8).indices,
      (std::vector<std::uint32_t>{9, kNoIndex, kNoIndex, kNoIndex, kNoIndex}));
  EXPECT_EQ(Decode(Number(16383), kMaxDenseIds, 100, 8).indices,
            std::vector<std::uint32_t>{16382});
}

#if defined(__x86_64__)
TEST(DenseIds, AreAllReadAtOnceWhereThereIsRoom) {
  if (!__builtin_cpu_supports("ssse3")) return;
  std::string packed;
  for (int id = 100; id < 160; ++id) packed += Number(id);
  const std::size_t size = packed.size();
  packed += std::string(8, '\0');
  std::vector<std::uint32_t> out(100);
  PackedIds ids{packed.data(), packed.data() + size, packed.data() + size + 8,
                out.data(), out.data() + out.size()};
  DecodeDenseIds(ids, 200);
  EXPECT_EQ(ids.next, ids.end);
  EXPECT_EQ(ids.out - out.data(), 60);
}
#endif

// Random ids of any length, cut and broken ones, any room, any bytes behind.
TEST(DenseIds, AreThoseThatPlainReadingFinds) {
  SplitMix64 random(5);
  for (int round = 0; round < 100'000; ++round) {
    std::string packed;
    const std::size_t ids = random.Below(40);
    const bool has_long = random.OneIn(4);
    for (std::size_t i = 0; i < ids; ++i) {
      packed += Number(has_long && random.OneIn(9)
                           ? random.Next() >> random.Below(64)
                           : random.Below(random.OneIn(2) ? 128 : 16'384));
    }
    if (!packed.empty() && random.OneIn(10)) {
      packed[random.Below(packed.size())] = '\xff';
    }
    const auto count = static_cast<std::uint32_t>(
        1 + random.Below(random.OneIn(2) ? 200 : kMaxDenseIds));
    ASSERT_EQ(Decode(packed, count, random.Below(60), random.Below(12)),
              DecodePlainly(packed, count))
        << ToHex(packed);
  }
}

}  // namespace
}  // namespace pmcp::profile
