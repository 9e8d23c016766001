#include "tests/support/store_profiles.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/gzip.h"
#include "profile/pprof/pprof_encode.h"

namespace pmcp::test {

std::string PprofFile(const profile::Profile& profile) {
  return Gzip(profile::EncodePprof(profile));
}

profile::Profile CpuProfile(TimePoint time, std::string_view stack,
                            std::int64_t value,
                            const ProfileBuilder::Labels& labels) {
  ProfileBuilder builder;
  builder.Sample(stack, {value}, labels);
  profile::Profile profile = builder.Build();
  profile.time_nanos = time.time_since_epoch().count();
  profile.has_period_type = true;
  profile.period_type = profile.sample_types.front();
  return profile;
}

std::string CpuFile(TimePoint time, std::string_view stack, std::int64_t value,
                    const ProfileBuilder::Labels& labels) {
  return PprofFile(CpuProfile(time, stack, value, labels));
}

profile::Labels MakeLabels(std::initializer_list<profile::Label> labels) {
  return profile::Labels(std::vector<profile::Label>(labels));
}

store::IngestedFile MustIngest(std::string_view file,
                               const store::FilePlace& place) {
  auto ingested = store::IngestFile(ByteBuffer(file), place);
  if (!ingested.ok()) {
    std::fprintf(stderr, "%s: %s\n", place.path.c_str(),
                 ingested.error().message.c_str());
    std::abort();
  }
  return *std::move(ingested);
}

}  // namespace pmcp::test
