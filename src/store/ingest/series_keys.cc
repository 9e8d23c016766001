#include "store/ingest/series_keys.h"

namespace pmcp::store {

std::shared_ptr<const SeriesKey> SeriesKeys::KeyOf(
    const profile::Labels& labels, const profile::ProfileType& type) {
  if (next_ == known_.size()) known_.emplace_back();
  Known& known = known_[next_++];
  if (known.key == nullptr || known.key->type != type ||
      known.labels != labels) {
    known.labels = labels;
    known.key = std::make_shared<const SeriesKey>(MakeSeriesKey(labels, type));
  }
  return known.key;
}

std::shared_ptr<const profile::Labels> SeriesKeys::ProcessOf(
    const profile::Labels& labels) {
  if (process_ == nullptr || *process_ != labels) {
    process_ = std::make_shared<const profile::Labels>(labels);
  }
  return process_;
}

}  // namespace pmcp::store
