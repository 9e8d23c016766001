// SampleCache: decoded samples of files, those used last, within a budget of
// memory. What it drops is read again when a question needs it. Thread-safe.
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

  /// Null when they are not there. `version` names one state of one file.
  std::shared_ptr<const FileSamples> Find(std::uint64_t version);
  /// Samples larger than the whole budget are not kept.
  void Add(std::uint64_t version, std::shared_ptr<const FileSamples> samples);
  void Remove(std::uint64_t version);
  /// Bytes that are not in the cache but count as if they were.
  void SetAside(std::size_t bytes);

  std::size_t budget_bytes() const { return budget_; }
  std::size_t memory_bytes() const;

 private:
  struct Entry {
    std::uint64_t version = 0;
    std::size_t bytes = 0;
    // Shared with the questions that use them now, which may outlast us.
    std::shared_ptr<const FileSamples> samples;
  };
  using Entries = std::list<Entry>;

  void DropUntilItFits();
  void Drop(Entries::iterator entry);

  const std::size_t budget_;
  mutable std::mutex mutex_;  // guards all below
  Entries entries_;           // the last used first
  std::unordered_map<std::uint64_t, Entries::iterator> by_version_;
  std::size_t bytes_ = 0;
  std::size_t aside_ = 0;
};

}  // namespace pmcp::store
