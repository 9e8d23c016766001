// Decodes files of any bytes. A decoded profile can be encoded and decoded
// again, before and after normalization, and the store accepts every file that
// decodes unless its labels exceed the limits.
#include <string>
#include <utility>

#include "profile/formats/decode_profile.h"
#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/pprof_encode.h"
#include "store/ingest/ingest.h"
#include "store/pushed/normalize.h"
#include "tests/fuzz/fuzz_target.h"

namespace pmcp::test {
namespace {

using profile::Profile;

constexpr std::string_view kSpy = "gospy";

// Far below the default limits, so that a gzip bomb does not slow down the
// fuzzer.
constexpr profile::ProfileLimits kLimits = {.inflated_bytes = 16u << 20,
                                            .decoded_bytes = 64u << 20};

/// Normalizes a profile. Encoding and decoding it before must give the same
/// result. Compares bytes, as equal profiles give equal bytes.
Profile Normalized(Profile profile) {
  const std::string bytes = profile::EncodePprof(profile);
  auto again = profile::DecodePprof(bytes);
  PMCP_CHECK(again.ok());
  PMCP_CHECK(profile::EncodePprof(*again) == bytes);
  Profile normal = store::Normalize(std::move(profile), kSpy);
  PMCP_CHECK(profile::EncodePprof(store::Normalize(*std::move(again), kSpy)) ==
             profile::EncodePprof(normal));
  return normal;
}

/// Checks that all references and labels of a normalized profile are valid.
void CheckNormal(const Profile& profile) {
  for (std::size_t sample = 0; sample < profile.samples.size(); ++sample) {
    for (const std::uint32_t location : profile.samples.locations(sample)) {
      PMCP_CHECK(location < profile.locations.size());
      for (const auto& line : profile.LinesOf(profile.locations[location])) {
        PMCP_CHECK(line.function < profile.functions.size());
      }
    }
    for (const auto& label : profile.samples.labels(sample)) {
      PMCP_CHECK(label.str != 0 && label.str < profile.strings.size());
    }
  }
}

void CheckIngest(std::string_view file) {
  const auto ingested = store::IngestFile(
      ByteBuffer(file),
      {.path = "fuzz.pb.gz",
       .labels = profile::Labels({profile::Label{"service_name", "fuzz"}})});
  if (!ingested.ok()) {
    CheckTeaches(ingested.error());  // labels above Pyroscope's limits
    return;
  }
  for (const store::FileRow& row : ingested->rows.rows) {
    PMCP_CHECK(row.partition < ingested->samples->partitions.size());
    PMCP_CHECK(row.value_index < ingested->samples->stacks.value_count());
  }
}

void CheckFile(std::string_view file) {
  auto decoded =
      profile::DecodeProfile(ByteBuffer(file), "fuzz.pb.gz", kLimits);
  if (!decoded.ok()) {
    CheckTeaches(decoded.error());
    return;
  }
  CheckIngest(file);
  const std::size_t samples = decoded->samples.size();
  Profile normal = Normalized(*std::move(decoded));
  PMCP_CHECK(normal.samples.size() <= samples);
  CheckNormal(normal);
  Normalized(std::move(normal));
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckFile(pmcp::test::ToText(data, size));
  return 0;
}
