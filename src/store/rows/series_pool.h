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
  struct LessKey {
    bool operator()(const std::shared_ptr<const SeriesKey>& a,
                    const std::shared_ptr<const SeriesKey>& b) const {
      return *a < *b;
    }
  };
  // Shared with the rows of files.
  std::set<std::shared_ptr<const SeriesKey>, LessKey> keys_;
};

}  // namespace pmcp::store
