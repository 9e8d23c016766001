// Converts JSON answers of any bytes to protobuf. Converting an accepted answer
// again gives equally many fields, and a refused one gives kBadResponse. The
// first byte of an input selects the RPC.
#include <array>
#include <string>

#include "pyroscope/connect/connect_client_transcode.h"
#include "tests/fuzz/fuzz_target.h"

namespace pmcp::test {
namespace {

using namespace pmcp::pyroscope;

constexpr std::array<std::string_view, 7> kMethods = {
    "ProfileTypes", "LabelNames",    "Series",         "SelectMergeStacktraces",
    "SelectSeries", "SelectHeatmap", "GetProfileStats"};

void CheckInput(std::string_view input) {
  if (input.empty()) return;
  const auto choice = static_cast<unsigned char>(input.front());
  const JsonMessage& schema =
      *FindJsonMethod(kMethods[choice % kMethods.size()])->answer;
  const auto message = FromJson(schema, input.substr(1), "it");
  if (!message.ok()) {
    PMCP_CHECK(message.error().kind == ErrorKind::kBadResponse);
    return;
  }
  // Once more, as now the fields are sorted.
  const auto ordered = FromJson(schema, ToJson(schema, *message), "it");
  PMCP_CHECK(ordered.ok());
  const auto again = FromJson(schema, ToJson(schema, *ordered), "it");
  PMCP_CHECK(again.ok() && *again == *ordered);
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckInput(pmcp::test::ToText(data, size));
  return 0;
}
