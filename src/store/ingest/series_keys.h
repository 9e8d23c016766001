// SeriesKeys: caches the series keys of the previous file. The next file mostly
// has the same series, and making a key takes a dozen allocations. Not
// thread-safe.
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
  /// Called before the first series of each file.
  void BeginFile() { next_ = 0; }
  /// MakeSeriesKey(labels, type), shared with the previous file if that had the
  /// same series at this position.
  std::shared_ptr<const SeriesKey> KeyOf(const profile::Labels& labels,
                                         const profile::ProfileType& type);
  /// A copy of `labels`, shared with the previous file if that had the same.
  std::shared_ptr<const profile::Labels> ProcessOf(
      const profile::Labels& labels);

 private:
  struct Known {
    profile::Labels labels;
    std::shared_ptr<const SeriesKey> key;
  };
  std::vector<Known> known_;  // in the order of the calls of KeyOf
  std::size_t next_ = 0;
  std::shared_ptr<const profile::Labels> process_;
};

}  // namespace pmcp::store
