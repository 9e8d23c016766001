// FindRowsToRead: the rows whose samples make the stacks of a question. Those
// of counters that a later profile continues cancel out: of a process, its last
// profile is added, and the one before the first is subtracted. Pure.
#pragma once

#include <vector>

#include "store/rows/profile_store.h"

namespace pmcp::store {

struct RowsToRead {
  std::vector<const StoredRow*> added;
  std::vector<const StoredRow*> subtracted;
};

/// Both in the order of store.rows().
RowsToRead FindRowsToRead(const ProfileStore& store,
                          std::vector<const StoredRow*> selected);

}  // namespace pmcp::store
