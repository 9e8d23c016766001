#include "profile/pprof/pprof.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/huge_pages.h"

namespace pmcp::profile {
namespace {

template <typename Column>
std::size_t BytesOf(const Column& column) {
  return column.capacity() * sizeof(typename Column::value_type);
}

template <typename T>
void AppendTo(RawVector<T>& column, std::span<const T> more) {
  column.insert(column.end(), more.begin(), more.end());
}

// In no more memory than it needs.
template <typename T>
RawVector<T> CopyOf(const RawVector<T>& column) {
  RawVector<T> copy(column.size());
  std::ranges::copy(column, copy.begin());
  return copy;
}

// Ends are 32 bits to keep a sample small; the limits on a file stay below.
std::uint32_t EndOf(std::size_t size) {
  PMCP_CHECK(size < kNoIndex);
  return static_cast<std::uint32_t>(size);
}

// Moves the slices of `samples` to the front of `column`. What is read lies at
// or behind what is written, and an end that was overwritten before it is read
// was overwritten with itself.
template <typename T>
void KeepSlices(RawVector<T>& column, RawVector<std::uint32_t>& ends,
                std::span<const std::uint32_t> samples) {
  std::size_t kept_samples = 0;
  auto place = column.begin();
  for (const std::uint32_t sample : samples) {
    const auto begin = column.begin() + (sample == 0 ? 0 : ends[sample - 1]);
    place = std::copy(begin, column.begin() + ends[sample], place);
    ends[kept_samples++] = static_cast<std::uint32_t>(place - column.begin());
  }
  column.resize(static_cast<std::size_t>(place - column.begin()));
  ends.resize(kept_samples);
}

}  // namespace

void SampleTable::Reserve(std::size_t samples, std::size_t locations,
                          std::size_t labels) {
  locations_.reserve(locations);
  location_ends_.reserve(samples);
  values_.reserve(samples * value_count_);
  labels_.reserve(labels);
  label_ends_.reserve(samples);
}

SampleTable::Columns SampleTable::Resize(std::size_t samples,
                                         std::size_t locations,
                                         std::size_t labels) {
  EndOf(locations);
  EndOf(labels);
  Reserve(samples, locations, labels);
  PreferHugePages(locations_.data(), locations * sizeof(locations_[0]));
  PreferHugePages(values_.data(), samples * value_count_ * sizeof(values_[0]));
  locations_.resize(locations);
  location_ends_.resize(samples);
  values_.resize(samples * value_count_);
  labels_.resize(labels);
  label_ends_.resize(samples);
  return {locations_, location_ends_, values_, labels_, label_ends_};
}

void SampleTable::Append(std::span<const std::uint32_t> locations,
                         std::span<const std::int64_t> values,
                         std::span<const SampleLabel> labels) {
  PMCP_CHECK(values.size() == value_count_);
  AppendTo(locations_, locations);
  location_ends_.push_back(EndOf(locations_.size()));
  AppendTo(values_, values);
  AppendTo(labels_, labels);
  label_ends_.push_back(EndOf(labels_.size()));
}

void SampleTable::KeepSamples(std::span<const std::uint32_t> samples) {
  if (samples.size() == size()) return;
  auto place = values_.begin();
  for (const std::uint32_t sample : samples) {
    const auto sample_values = std::as_const(*this).values(sample);
    place = std::copy(sample_values.begin(), sample_values.end(), place);
  }
  values_.resize(samples.size() * value_count_);
  KeepSlices(locations_, location_ends_, samples);
  KeepSlices(labels_, label_ends_, samples);
}

void SampleTable::Shrink(std::size_t samples, std::size_t locations,
                         std::size_t labels) {
  locations_.resize(locations);
  location_ends_.resize(samples);
  values_.resize(samples * value_count_);
  labels_.resize(labels);
  label_ends_.resize(samples);
}

std::size_t SampleTable::StackData::memory_bytes() const {
  return BytesOf(locations) + BytesOf(location_ends) + BytesOf(values);
}

SampleTable::StackData SampleTable::TakeStacks() {
  const auto take = [](auto& column) {
    const bool is_roomy = column.capacity() > column.size() * 5 / 4 + 16;
    return is_roomy ? CopyOf(column) : std::move(column);
  };
  StackData taken{take(locations_), take(location_ends_), take(values_)};
  Clear();
  return taken;
}

std::size_t SampleTable::memory_bytes() const {
  return BytesOf(locations_) + BytesOf(location_ends_) + BytesOf(values_) +
         BytesOf(labels_) + BytesOf(label_ends_);
}

void Profile::Clear() {
  Profile empty;
  const auto keep_room = [](auto& from, auto& to) {
    from.clear();
    to = std::move(from);
  };
  strings.Clear();
  empty.strings = std::move(strings);
  keep_room(sample_types, empty.sample_types);
  keep_room(mappings, empty.mappings);
  keep_room(functions, empty.functions);
  keep_room(lines, empty.lines);
  keep_room(locations, empty.locations);
  keep_room(comments, empty.comments);
  samples.Clear();
  empty.samples = std::move(samples);
  *this = std::move(empty);
}

std::size_t Profile::memory_bytes() const {
  return sizeof(Profile) + strings.memory_bytes() + BytesOf(sample_types) +
         BytesOf(mappings) + BytesOf(functions) + BytesOf(lines) +
         BytesOf(locations) + samples.memory_bytes() + BytesOf(comments);
}

}  // namespace pmcp::profile
