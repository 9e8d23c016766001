#include "store/rows/series_pool.h"

namespace pmcp::store {

void SeriesPool::Share(FileRows& rows) {
  for (FileRow& row : rows.rows) {
    // The equal key of the pool, or this one.
    row.series = *keys_.insert(row.series).first;
  }
}

void SeriesPool::DropUnused() {
  std::erase_if(keys_, [](const auto& key) { return key.use_count() == 1; });
}

}  // namespace pmcp::store
