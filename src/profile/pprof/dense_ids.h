// DecodeDenseIds: packed location ids that count from 1, eight bytes at a time.
// Nearly all bytes of a profile are such ids, of one or two bytes each,
// and nothing foretells which: so they are taken apart by a table, without a
// branch, as in "Vectorized VByte Decoding" (Plaisance, Kurz, Lemire, 2015).
//
// An acceleration of IdIndex::InOrder(count).Find, and no more: what it leaves
// is read one number at a time, and on processors without SSSE3 that is all.
#pragma once

#include <cstdint>

namespace pmcp::profile {

/// The packed ids between `next` and `end`, and the room for their indices,
/// some of which may be overwritten with anything: it is nobody else's.
struct PackedIds {
  const char* next;
  const char* end;
  const char* readable;  // not before `end`: bytes up to it may be looked at
  std::uint32_t* out;
  const std::uint32_t* out_end;
};

/// More ids than this are not all of two bytes.
inline constexpr std::uint32_t kMaxDenseIds = (1u << 14) - 1;

/// Writes the index of each id, id - 1, or kNoIndex when that is not below
/// `count` (kMaxDenseIds at most), and moves `next` and `out` behind what it
/// read: up to the first number that is longer or wrong, or sooner.
void DecodeDenseIds(PackedIds& ids, std::uint32_t count);

}  // namespace pmcp::profile
