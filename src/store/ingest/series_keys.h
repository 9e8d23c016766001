// SeriesKeys: the series of the file before, which mostly are those of the next
// one. Making a key of labels takes a dozen allocations. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "profile/words/labels.h"
#include "profile/words/profile_type.h"
#include "store/ingest/series_key.h"

namespace pmcp::store {

class SeriesKeys {
 public:
  /// Before the first series of each file.
  void BeginFile() { next_ = 0; }
  /// MakeSeriesKey(labels, type), shared with the file before when that had the
  /// same one at this place.
  std::shared_ptr<const SeriesKey> KeyOf(const profile::Labels& labels,
                                         const profile::ProfileType& type);

 private:
  struct Known {
    profile::Labels labels;
    std::shared_ptr<const SeriesKey> key;
  };
  std::vector<Known> known_;  // in the order they were asked for
  std::size_t next_ = 0;
};

}  // namespace pmcp::store
