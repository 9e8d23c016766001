// SeriesPool: one SeriesKey in place of many equal ones, since thousands of
// files have a few series between them. Not thread-safe.
#pragma once

#include <memory>
#include <set>

#include "store/ingest/file_rows.h"

namespace pmcp::store {

class SeriesPool {
 public:
  /// Lets the rows share the keys of the files before.
  void Share(FileRows& rows);
  /// Forgets the keys that no row has any more.
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
