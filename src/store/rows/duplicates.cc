#include "store/rows/duplicates.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace pmcp::store {
namespace {

/// The series and the time, by which Pyroscope recognizes equal profiles when
/// it compacts blocks, and the value, which makes a coincidence very unlikely.
auto ContentOf(const StoredRow* row) {
  return std::tie(row->time, row->series, row->total);
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> FindDuplicates(
    const ProfileStore& store) {
  std::vector<const StoredRow*> rows;
  for (const StoredRow& row : store.rows()) rows.push_back(&row);
  // Stable, so that equal rows keep the order of their files.
  std::ranges::stable_sort(rows, [](const auto* a, const auto* b) {
    return ContentOf(a) < ContentOf(b);
  });
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const StoredRow* a = rows[i - 1];
    const StoredRow* b = rows[i];
    if (a->file != b->file && ContentOf(a) == ContentOf(b)) {
      pairs.emplace(a->file, b->file);
    }
  }
  return {pairs.begin(), pairs.end()};
}

}  // namespace pmcp::store
