// SampleCache: a cache of the decoded samples of files with a memory budget. It
// drops the least recently used ones, which are read again when a question
// needs them. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "store/ingest/file_samples.h"

namespace pmcp::store {

class SampleCache {
 public:
  explicit SampleCache(std::size_t budget_bytes) : budget_(budget_bytes) {}

  /// Null if the cache does not have them. `version` identifies one state of
  /// one file.
  std::shared_ptr<const FileSamples> Find(std::uint64_t version);
  /// Does not keep samples larger than the whole budget.
  void Add(std::uint64_t version, std::shared_ptr<const FileSamples> samples);
  void Remove(std::uint64_t version);
  /// Sets the bytes of data outside of the cache that count against its budget.
  void SetAside(std::size_t bytes);

  std::size_t budget_bytes() const { return budget_; }
  std::size_t memory_bytes() const;

 private:
  struct Entry {
    std::uint64_t version = 0;
    std::size_t bytes = 0;
    // Shared with questions, which may outlive this entry.
    std::shared_ptr<const FileSamples> samples;
  };
  using Entries = std::list<Entry>;

  void DropUntilItFits();
  void Drop(Entries::iterator entry);

  const std::size_t budget_;
  mutable std::mutex mutex_;  // guards all below
  Entries entries_;           // the most recently used one first
  std::unordered_map<std::uint64_t, Entries::iterator> by_version_;
  std::size_t bytes_ = 0;
  std::size_t aside_ = 0;
};

}  // namespace pmcp::store
