#include "profile/pprof/dense_ids.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <array>

namespace pmcp::profile {
namespace {

constexpr int kBytes = 8;  // looked at in one step, and numbers in them at most

// By which of eight bytes have their top bit, and so are not the last of a
// number: where the bytes of each number go, so that it has two to itself.
struct Table {
  static constexpr char kZero = -128;  // as _mm_shuffle_epi8 has it
  std::array<std::array<char, 16>, 256> places{};
  std::array<std::uint8_t, 256> numbers{};

  constexpr Table() {
    for (unsigned goes_on = 0; goes_on < places.size(); ++goes_on) {
      auto& place = places[goes_on];
      place.fill(kZero);
      for (unsigned byte = 0; byte < kBytes; ++byte) {
        const unsigned number = numbers[goes_on];
        const bool is_second = byte > 0 && (goes_on >> (byte - 1) & 1) != 0;
        place[2 * number + (is_second ? 1 : 0)] = static_cast<char>(byte);
        if ((goes_on >> byte & 1) == 0) ++numbers[goes_on];
      }
      // What the next eight bytes begin with is not of this step.
      if (numbers[goes_on] < kBytes) place[2 * numbers[goes_on]] = kZero;
    }
  }
};

constexpr Table kTable;

// In variables of its own: `ids` could be among what it writes, for all that
// the compiler knows.
__attribute__((target("ssse3"))) void DecodeWithShuffles(PackedIds& ids,
                                                         std::uint32_t count) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i one = _mm_set1_epi32(1);
  const __m128i low = _mm_set1_epi16(0x007f);
  const __m128i high = _mm_set1_epi16(0x7f00);
  const __m128i most = _mm_set1_epi16(static_cast<short>(count));
  const char* next = ids.next;
  std::uint32_t* out = ids.out;
  while (next != ids.end && ids.readable - next >= kBytes &&
         ids.out_end - out >= kBytes) {
    const __m128i bytes =
        _mm_loadl_epi64(reinterpret_cast<const __m128i*>(next));
    const auto left = ids.end - next;
    const unsigned ours = left < kBytes ? (1u << left) - 1 : 0xff;
    const unsigned goes_on =
        static_cast<unsigned>(_mm_movemask_epi8(bytes)) & ours;
    const bool is_cut = (goes_on & (ours ^ ours >> 1)) != 0;
    if ((goes_on & goes_on << 1) != 0 || (is_cut && left < kBytes)) break;

    const __m128i places = _mm_loadu_si128(
        reinterpret_cast<const __m128i*>(kTable.places[goes_on].data()));
    const __m128i pairs = _mm_shuffle_epi8(bytes, places);
    const __m128i ids_here =
        _mm_or_si128(_mm_and_si128(pairs, low),
                     _mm_srli_epi16(_mm_and_si128(pairs, high), 1));
    // 0 in place of those that are not there: 0 - 1 is kNoIndex.
    const __m128i known =
        _mm_andnot_si128(_mm_cmpgt_epi16(ids_here, most), ids_here);
    auto* const place = reinterpret_cast<__m128i*>(out);
    _mm_storeu_si128(place,
                     _mm_sub_epi32(_mm_unpacklo_epi16(known, zero), one));
    _mm_storeu_si128(place + 1,
                     _mm_sub_epi32(_mm_unpackhi_epi16(known, zero), one));
    out += kTable.numbers[goes_on | (ours ^ 0xff)];
    next += left < kBytes ? left : kBytes - (is_cut ? 1 : 0);
  }
  ids.next = next;
  ids.out = out;
}

}  // namespace

void DecodeDenseIds(PackedIds& ids, std::uint32_t count) {
  static const bool can_shuffle = __builtin_cpu_supports("ssse3") != 0;
  if (can_shuffle) DecodeWithShuffles(ids, count);
}

}  // namespace pmcp::profile

#else

namespace pmcp::profile {

void DecodeDenseIds(PackedIds&, std::uint32_t) {}

}  // namespace pmcp::profile

#endif
