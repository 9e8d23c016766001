// Decodes answers of any bytes. A decoded answer can be encoded and decoded
// again, and a refused one gives kBadResponse. The first byte of an input
// selects the RPC.
#include <array>
#include <string>

#include "profile/pprof/pprof_encode.h"
#include "pyroscope/connect/connect_client_json.h"
#include "pyroscope/connect/grafana.h"
#include "pyroscope/wire/wire_labels.h"
#include "pyroscope/wire/wire_series.h"
#include "pyroscope/wire/wire_stacks.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/wire_encode.h"

namespace pmcp::test {
namespace {

using namespace pmcp::pyroscope;

/// Far below the default limits, so that a bomb does not slow down the fuzzer.
constexpr WireLimits kLimits = {
    .memory_bytes = 64u << 20, .tree_nodes = 100'000, .tree_depth = 1000};

void CheckRefusal(const Error& error) {
  PMCP_CHECK(error.kind == ErrorKind::kBadResponse ||
             error.kind == ErrorKind::kTooLarge);
  PMCP_CHECK(!error.message.empty() && !error.message.ends_with('.'));
  PMCP_CHECK(!error.hint.empty());
}

/// Compares bytes: equal answers are encoded as equal bytes, and a NaN is not
/// equal to itself.
template <typename Decode, typename Encode>
void CheckAnswer(std::string_view message, Decode decode, Encode encode) {
  const auto answer = decode(message);
  if (!answer.ok()) {
    CheckRefusal(answer.error());
    return;
  }
  const std::string encoded = encode(*answer);
  const auto again = decode(encoded);
  PMCP_CHECK(again.ok());
  PMCP_CHECK(encode(*again) == encoded);
}

constexpr auto kEncode = [](const auto& answer) {
  return EncodeAnswer(answer);
};

void ProfileTypes(std::string_view message) {
  CheckAnswer(message, DecodeProfileTypes, kEncode);
}
void Names(std::string_view message) {
  CheckAnswer(
      message, [](auto bytes) { return DecodeNames("Names", bytes); }, kEncode);
}
void LabelSets(std::string_view message) {
  CheckAnswer(message, DecodeLabelSets, kEncode);
}
void Stats(std::string_view message) {
  CheckAnswer(message, DecodeProfileStats, kEncode);
}
void SeriesInTime(std::string_view message) {
  CheckAnswer(
      message, [](auto bytes) { return DecodeSelectSeries(bytes, kLimits); },
      kEncode);
}
void Heatmaps(std::string_view message) {
  CheckAnswer(message, DecodeSelectHeatmap, kEncode);
}

void Stacks(std::string_view message) {
  CheckAnswer(
      message,
      [](auto bytes) { return DecodeStacktraces("Stacks", bytes, kLimits); },
      EncodeTree);
}

void MergedProfile(std::string_view message) {
  CheckAnswer(message, DecodeMergeProfile, profile::EncodePprof);
}

void ProfileInAnswer(std::string_view message) {
  const auto answer = DecodePprofAnswer(message);
  if (!answer.ok()) {
    CheckRefusal(answer.error());
  } else if (*answer) {
    const std::string encoded = EncodePprofAnswer(**answer);
    const auto again = DecodePprofAnswer(encoded);
    PMCP_CHECK(again.ok() && again->has_value());
    PMCP_CHECK(EncodePprofAnswer(**again) == encoded);
  }
}

/// Errors, versions and data sources, which are JSON.
void Json(std::string_view body) {
  constexpr std::size_t kMostBytes = 4096;  // 300 code points, each an escape
  const auto error = ParseErrorBody(body);
  if (error) PMCP_CHECK(error->message.size() <= kMostBytes);
  PMCP_CHECK(ParseBuildVersion(body).size() <= kMostBytes);
  const auto all = ParseDatasources(body);
  if (!all.ok()) {
    CheckRefusal(all.error());
    return;
  }
  for (const Datasource& one : *all) PMCP_CHECK(!one.uid.empty());
}

constexpr std::array kDecoders = {
    ProfileTypes, Names,  LabelSets,     Stats,           SeriesInTime,
    Heatmaps,     Stacks, MergedProfile, ProfileInAnswer, Json};

void CheckInput(std::string_view input) {
  if (input.empty()) return;
  const auto whose = static_cast<unsigned char>(input[0]) % kDecoders.size();
  kDecoders[whose](input.substr(1));
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckInput(pmcp::test::ToText(data, size));
  return 0;
}
