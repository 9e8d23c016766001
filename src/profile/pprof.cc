#include "profile/pprof.h"

#include "base/check.h"

namespace pmcp::profile {
namespace {

template <typename T>
std::size_t BytesOf(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

template <typename T>
void AppendTo(std::vector<T>& column, std::span<const T> more) {
  column.insert(column.end(), more.begin(), more.end());
}

// Ends are 32 bits to keep a row small; the limits on a file stay below.
std::uint32_t EndOf(std::size_t size) {
  PMCP_CHECK(size < kNoIndex);
  return static_cast<std::uint32_t>(size);
}

}  // namespace

void SampleTable::Reserve(std::size_t rows, std::size_t locations,
                          std::size_t labels) {
  locations_.reserve(locations);
  location_ends_.reserve(rows);
  values_.reserve(rows * value_count_);
  labels_.reserve(labels);
  label_ends_.reserve(rows);
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

std::size_t SampleTable::memory_bytes() const {
  return BytesOf(locations_) + BytesOf(location_ends_) + BytesOf(values_) +
         BytesOf(labels_) + BytesOf(label_ends_);
}

std::size_t Profile::memory_bytes() const {
  return sizeof(Profile) + strings.memory_bytes() + BytesOf(sample_types) +
         BytesOf(mappings) + BytesOf(functions) + BytesOf(lines) +
         BytesOf(locations) + samples.memory_bytes() + BytesOf(comments);
}

}  // namespace pmcp::profile
