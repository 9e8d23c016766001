#include "store/pushed/fold_equal_samples.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/hash.h"
#include "profile/words/wrapping_add.h"

namespace pmcp::store {
namespace {

using profile::SampleTable;

/// The most slots that the search for one sample visits. In a table that is
/// half full, samples that were not crafted need no more even if there are
/// millions.
constexpr int kMaxProbes = 64;

template <typename T>
std::string_view BytesOf(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

/// Compares labels by the ids of their texts. If the string table has a text
/// twice, such samples are not merged, as in Pyroscope.
std::uint64_t HashSample(const SampleTable& samples, std::size_t sample) {
  std::uint64_t hash = HashBytes(BytesOf(samples.locations(sample)), 0);
  for (const profile::SampleLabel& label : samples.labels(sample)) {
    hash = MixBits(hash ^ (std::uint64_t{label.key} << 32 | label.str));
  }
  return hash;
}

bool EqualSamples(const SampleTable& samples, std::size_t a, std::size_t b) {
  return std::ranges::equal(samples.locations(a), samples.locations(b)) &&
         std::ranges::equal(samples.labels(a), samples.labels(b));
}

// A hash table of the samples so far, with open addressing, at most half full.
class SampleIndex {
 public:
  explicit SampleIndex(const SampleTable& samples)
      : samples_(samples),
        slots_(std::bit_ceil(2 * samples.size() + 1)),
        mask_(slots_.size() - 1) {}

  /// The first sample that is equal to `sample`, or `sample` itself.
  std::uint32_t FirstEqual(std::uint32_t sample) {
    const std::uint64_t hash = HashSample(samples_, sample);
    // Samples are compared only if the upper half of the hash is equal too.
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    for (int probe = 0; probe < kMaxProbes; ++probe) {
      Slot& slot = slots_[(hash + probe) & mask_];
      if (slot.sample_plus_one == 0) {
        slot = {tag, sample + 1};
        return sample;
      }
      if (slot.tag == tag &&
          EqualSamples(samples_, slot.sample_plus_one - 1, sample)) {
        return slot.sample_plus_one - 1;
      }
    }
    return sample;
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t sample_plus_one = 0;
  };

  const SampleTable& samples_;
  std::vector<Slot> slots_;
  std::size_t mask_;
};

void AddValues(SampleTable& samples, std::uint32_t from, std::uint32_t to) {
  const std::span<const std::int64_t> more = samples.values(from);
  const std::span<std::int64_t> sums = samples.values(to);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] = profile::WrappingAdd(sums[i], more[i]);
  }
}

}  // namespace

bool FoldingShows(const SampleTable& samples) {
  if (!samples.all_labels().empty()) return true;
  if (samples.size() == 0) return false;
  const auto count = static_cast<std::int64_t>(samples.size());
  const std::int64_t safe = std::numeric_limits<std::int64_t>::max() / count;
  return std::ranges::any_of(samples.all_values(),
                             [&](std::int64_t value) { return value > safe; });
}

void FoldEqualSamples(SampleTable& samples) {
  SampleIndex index(samples);
  std::vector<std::uint32_t> kept;
  kept.reserve(samples.size());
  for (std::uint32_t sample = 0; sample < samples.size(); ++sample) {
    const std::uint32_t first = index.FirstEqual(sample);
    if (first == sample) {
      kept.push_back(sample);
    } else {
      AddValues(samples, sample, first);
    }
  }
  samples.KeepSamples(kept);
}

}  // namespace pmcp::store
