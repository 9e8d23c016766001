// Parses messages of any bytes. An accepted message can be written and parsed
// again, and a refused one has an error that can be sent.
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "server/words/jsonrpc.h"
#include "tests/fuzz/fuzz_target.h"

namespace pmcp::test {
namespace {

using nlohmann::json;
namespace jsonrpc = server::jsonrpc;

/// One JSON value on one line.
json OneLine(const std::string& text) {
  PMCP_CHECK(text.find('\n') == std::string::npos);
  json value = json::parse(text, nullptr, false);
  PMCP_CHECK(!value.is_discarded());
  return value;
}

void CheckRefusal(const jsonrpc::Malformed& malformed) {
  PMCP_CHECK(malformed.error.code < 0);
  PMCP_CHECK(!malformed.error.message.empty());
  const json answer =
      OneLine(jsonrpc::SerializeError(malformed.id, malformed.error));
  PMCP_CHECK(answer.at("jsonrpc") == "2.0");
  PMCP_CHECK(answer.contains("id") == malformed.id.has_value());
}

void CheckRequest(const jsonrpc::Request& request) {
  PMCP_CHECK(request.params != nullptr && request.params->is_object());
  const json written = {{"jsonrpc", "2.0"},
                        {"id", json::parse(request.id.json())},
                        {"method", request.method},
                        {"params", *request.params}};
  const jsonrpc::Parsed parsed = jsonrpc::Parse(written.dump());
  const auto* again = std::get_if<jsonrpc::Request>(&parsed.messages.front());
  PMCP_CHECK(again != nullptr);
  PMCP_CHECK(again->id.json() == request.id.json());
  PMCP_CHECK(again->method == request.method);
  PMCP_CHECK(*again->params == *request.params);
  PMCP_CHECK(OneLine(jsonrpc::SerializeResult(request.id, "{}")).size() == 3);
}

void CheckText(std::string_view text) {
  const jsonrpc::Parsed parsed = jsonrpc::Parse(text);
  PMCP_CHECK(!parsed.messages.empty());
  PMCP_CHECK(parsed.messages.size() <=
             (parsed.is_batch ? jsonrpc::kMaxBatch : 1));
  for (const jsonrpc::Message& message : parsed.messages) {
    if (const auto* bad = std::get_if<jsonrpc::Malformed>(&message)) {
      CheckRefusal(*bad);
    } else if (const auto* request = std::get_if<jsonrpc::Request>(&message)) {
      CheckRequest(*request);
    }
  }
}

}  // namespace
}  // namespace pmcp::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  pmcp::test::CheckText(pmcp::test::ToText(data, size));
  return 0;
}
