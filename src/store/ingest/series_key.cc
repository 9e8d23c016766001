#include "store/ingest/series_key.h"

#include <string>
#include <utility>

namespace pmcp::store {

SeriesKey MakeSeriesKey(profile::Labels labels, profile::ProfileType type) {
  const std::string service(labels.Get(profile::kLabelServiceName));
  // Set() removes a label whose value is "", as in a profile without a period.
  labels.Set(profile::kLabelProfileType, type.Id());
  labels.Set(profile::kLabelType, type.sample_type);
  labels.Set(profile::kLabelUnit, type.sample_unit);
  labels.Set(profile::kLabelPeriodType, type.period_type);
  labels.Set(profile::kLabelPeriodUnit, type.period_unit);
  labels.Set(profile::kLabelPrivateServiceName, service);
  return {std::move(labels), std::move(type)};
}

}  // namespace pmcp::store
