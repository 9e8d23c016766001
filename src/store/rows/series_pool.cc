#include "store/rows/series_pool.h"

namespace pmcp::store {

void SeriesPool::Share(FileRows& rows) {
  for (FileRow& row : rows.rows) {
    // The equal key of the pool, or this one.
    row.series = *keys_.insert(row.series).first;
  }
  rows.process = *processes_.insert(rows.process).first;
}

void SeriesPool::DropUnused() {
  const auto is_unused = [](const auto& shared) {
    return shared.use_count() == 1;
  };
  std::erase_if(keys_, is_unused);
  std::erase_if(processes_, is_unused);
}

}  // namespace pmcp::store
