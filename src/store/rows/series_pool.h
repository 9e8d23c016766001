// SeriesPool: replaces equal SeriesKeys by one object, since thousands of files
// have few different series. Not thread-safe.
#pragma once

#include <memory>
#include <set>

#include "store/ingest/file_rows.h"

namespace pmcp::store {

class SeriesPool {
 public:
  /// Replaces the keys of `rows` by equal keys of earlier files.
  void Share(FileRows& rows);
  /// Removes the keys that no row uses.
  void DropUnused();

  std::size_t size() const { return keys_.size(); }

 private:
  struct LessContent {
    bool operator()(const auto& a, const auto& b) const { return *a < *b; }
  };
  // Shared with the rows of files.
  std::set<std::shared_ptr<const SeriesKey>, LessContent> keys_;
  std::set<std::shared_ptr<const profile::Labels>, LessContent> processes_;
};

}  // namespace pmcp::store
