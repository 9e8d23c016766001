#include "store/folder/sample_cache.h"

#include <iterator>
#include <utility>

namespace pmcp::store {

std::shared_ptr<const FileSamples> SampleCache::Find(std::uint64_t version) {
  const std::lock_guard lock(mutex_);
  const auto known = by_version_.find(version);
  if (known == by_version_.end()) return nullptr;
  // Moves it to the front. Iterators stay valid.
  entries_.splice(entries_.begin(), entries_, known->second);
  return known->second->samples;
}

void SampleCache::Add(std::uint64_t version,
                      std::shared_ptr<const FileSamples> samples) {
  const std::size_t bytes = samples->memory_bytes();
  if (bytes > budget_) return;
  const std::lock_guard lock(mutex_);
  // Two questions may read one file at the same time.
  if (by_version_.contains(version)) return;
  entries_.push_front({version, bytes, std::move(samples)});
  by_version_[version] = entries_.begin();
  bytes_ += bytes;
  DropUntilItFits();
}

void SampleCache::SetAside(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  aside_ = bytes;
  DropUntilItFits();
}

void SampleCache::Remove(std::uint64_t version) {
  const std::lock_guard lock(mutex_);
  const auto known = by_version_.find(version);
  if (known != by_version_.end()) Drop(known->second);
}

std::size_t SampleCache::memory_bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void SampleCache::DropUntilItFits() {
  while (!entries_.empty() && bytes_ + aside_ > budget_) {
    Drop(std::prev(entries_.end()));
  }
}

void SampleCache::Drop(Entries::iterator entry) {
  bytes_ -= entry->bytes;
  by_version_.erase(entry->version);
  entries_.erase(entry);
}

}  // namespace pmcp::store
