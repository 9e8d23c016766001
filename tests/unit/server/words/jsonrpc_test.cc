#include "server/words/jsonrpc.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace pmcp::server::jsonrpc {
namespace {

using nlohmann::json;

std::string Repeat(std::size_t count, std::string_view piece) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

/// The one message in `text`, which must be a T.
template <typename T>
T ParseAs(std::string_view text) {
  const Parsed parsed = Parse(text);
  EXPECT_EQ(parsed.messages.size(), 1u) << text.substr(0, 100);
  const T* message = std::get_if<T>(&parsed.messages.front());
  EXPECT_NE(message, nullptr) << text.substr(0, 100);
  return *message;
}

TEST(JsonRpc, ReadsARequest) {
  const auto request = ParseAs<Request>(
      R"({"jsonrpc":"2.0","id":7,"method":"m","params":{"a":[1]}})");
  EXPECT_EQ(request.id.json(), "7");
  EXPECT_EQ(request.method, "m");
  EXPECT_EQ(*request.params, json({{"a", {1}}}));
}

TEST(JsonRpc, GivesAnEmptyObjectForMissingParams) {
  EXPECT_EQ(
      *ParseAs<Request>(R"({"jsonrpc":"2.0","id":7,"method":"m"})").params,
      json::object());
}

TEST(JsonRpc, KeepsIdsExactly) {
  for (const char* id : {"0", "-1", "9223372036854775807",
                         "18446744073709551615", R"("1")", R"("")"}) {
    const auto request = ParseAs<Request>(
        std::string(R"({"jsonrpc":"2.0","method":"m","id":)") + id + "}");
    EXPECT_EQ(request.id.json(), id);
  }
}

TEST(JsonRpc, RefusesWhatIsNoId) {
  for (const char* id :
       {"null", "1.0", "1.5", "true", "[]", "{}", "18446744073709551616"}) {
    const auto malformed = ParseAs<Malformed>(
        std::string(R"({"jsonrpc":"2.0","method":"m","id":)") + id + "}");
    EXPECT_EQ(malformed.error.code, -32600) << id;
    EXPECT_FALSE(malformed.id) << id;
  }
}

TEST(JsonRpc, ReadsNotificationsWhateverTheirParams) {
  for (const char* params : {"{}", "[]", "null", "5"}) {
    const auto notification = ParseAs<Notification>(
        std::string(R"({"jsonrpc":"2.0","method":"m","params":)") + params +
        "}");
    EXPECT_EQ(*notification.params, json::object()) << params;
  }
}

TEST(JsonRpc, KnowsResponses) {
  const auto result =
      ParseAs<Response>(R"({"jsonrpc":"2.0","id":1,"result":{"a":2}})");
  EXPECT_EQ(result.id->json(), "1");
  EXPECT_FALSE(result.is_error);
  EXPECT_EQ(*result.payload, json({{"a", 2}}));

  const auto error =
      ParseAs<Response>(R"({"jsonrpc":"2.0","id":null,"error":{"code":1}})");
  EXPECT_FALSE(error.id);
  EXPECT_TRUE(error.is_error);
  EXPECT_EQ(*error.payload, json({{"code", 1}}));
}

TEST(JsonRpc, SaysWhereTextIsNotJson) {
  const auto malformed = ParseAs<Malformed>(R"({"a":)");
  EXPECT_EQ(malformed.error.code, -32700);
  EXPECT_EQ(malformed.error.message, "the message is not valid JSON, byte 6");
  ASSERT_TRUE(malformed.id);
  EXPECT_EQ(malformed.id->json(), "null");
}

TEST(JsonRpc, RefusesInvalidUtf8) {
  EXPECT_EQ(ParseAs<Malformed>("{\"a\":\"\xff\"}").error.code, -32700);
  EXPECT_EQ(ParseAs<Malformed>("{\"a\":\"\xed\xa0\x80\"}").error.code, -32700);
}

TEST(JsonRpc, RefusesNumbersOutOfRange) {
  EXPECT_EQ(ParseAs<Malformed>(R"([1e999])").error.code, -32700);
}

TEST(JsonRpc, LimitsDepth) {
  const auto nested = [](int depth) {
    return Repeat(depth, "[") + Repeat(depth, "]");
  };
  EXPECT_EQ(ParseAs<Malformed>(nested(kMaxDepth + 1)).error.code, -32700);
  // Within the depth limit: a batch that contains one array.
  EXPECT_TRUE(Parse(nested(kMaxDepth)).is_batch);
}

TEST(JsonRpc, CountsNoBracketsInStrings) {
  ParseAs<Request>(R"({"jsonrpc":"2.0","id":1,"method":"\"\\)" +
                   Repeat(100, "[{") + "\"}");
}

TEST(JsonRpc, SurvivesAMillionBrackets) {
  for (const char* piece : {"[", "{\"\":", "]"}) {
    EXPECT_EQ(ParseAs<Malformed>(Repeat(1'000'000, piece)).error.code, -32700);
  }
}

// Small values take a hundred times their text in memory.
TEST(JsonRpc, LimitsValues) {
  const auto with = [](std::size_t zeros) {
    return R"({"jsonrpc":"2.0","id":1,"method":"m","params":{"a":[)" +
           Repeat(zeros - 1, "0,") + "0]}}";
  };
  // The message, its four members, and "a".
  constexpr std::size_t kOthers = 6;
  ParseAs<Request>(with(kMaxValues - kOthers));
  const auto malformed = ParseAs<Malformed>(with(kMaxValues - kOthers + 1));
  EXPECT_EQ(malformed.error.code, -32700);
  EXPECT_EQ(malformed.error.message,
            "the message holds more than 16384 values");
  ParseAs<Request>(R"({"jsonrpc":"2.0","id":1,"method":")" +
                   Repeat(kMaxValues, ",[") + "\"}");
}

TEST(JsonRpc, LimitsSize) {
  const std::string frame = R"({"jsonrpc":"2.0","id":1,"method":""})";
  const auto sized = [&](std::size_t size) {
    std::string text = frame;
    return text.insert(frame.size() - 2, std::string(size - frame.size(), 'x'));
  };
  ParseAs<Request>(sized(kMaxMessageBytes));
  EXPECT_EQ(ParseAs<Malformed>(sized(kMaxMessageBytes + 1)).error.code, -32600);
}

TEST(JsonRpc, LimitsBatches) {
  const auto batch = [](std::size_t count) {
    return "[" + Repeat(count - 1, "1,") + "1]";
  };
  EXPECT_EQ(Parse(batch(kMaxBatch)).messages.size(), kMaxBatch);
  EXPECT_EQ(ParseAs<Malformed>(batch(kMaxBatch + 1)).error.code, -32600);
  EXPECT_EQ(ParseAs<Malformed>("[]").error.code, -32600);
}

TEST(JsonRpc, SerializesErrorsWithAndWithoutId) {
  const RpcError error{-32600, "no \"x\"", R"({"a":1})"};
  EXPECT_EQ(
      SerializeError(RequestId::From(json("a")), error),
      R"({"jsonrpc":"2.0","id":"a","error":{"code":-32600,"message":"no \"x\"","data":{"a":1}}})");
  EXPECT_EQ(SerializeError(std::nullopt, {-32600, "no", ""}),
            R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"no"}})");
  EXPECT_EQ(
      SerializeError(RequestId::Null(), {-32700, "no", ""}),
      R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}})");
}

TEST(JsonRpc, SerializesBytesThatAreNoText) {
  EXPECT_TRUE(
      json::accept(SerializeError(std::nullopt, {-32600, "\xff\n\x01", ""})));
}

}  // namespace
}  // namespace pmcp::server::jsonrpc
