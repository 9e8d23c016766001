#include "store/rows/rows_to_read.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pmcp::store {

RowsToRead FindRowsToRead(const ProfileStore& store,
                          std::vector<const StoredRow*> selected) {
  std::vector<const StoredRow*> bases;
  for (const StoredRow* row : selected) {
    if (row->base != StoredRow::kNoRow) {
      bases.push_back(&store.rows()[row->base]);
    }
  }
  if (bases.empty()) return {std::move(selected), {}};
  // Pointers into rows(): sorting them gives its order. Several profiles of one
  // moment may continue the same one.
  std::ranges::sort(bases);
  std::ranges::sort(selected);
  RowsToRead rows;
  std::ranges::set_difference(selected, bases, std::back_inserter(rows.added));
  std::ranges::set_difference(bases, selected,
                              std::back_inserter(rows.subtracted));
  return rows;
}

}  // namespace pmcp::store
