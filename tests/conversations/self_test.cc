// Tests of the player: a conversation with a mismatch must fail.
#include <gtest/gtest.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/conversations/conversation.h"
#include "tests/conversations/json_match.h"
#include "tests/conversations/message_rules.h"

namespace pmcp::test {
namespace {

using nlohmann::json;

/// Sends fixed messages, whatever it receives.
class ScriptedPeer final : public Peer {
 public:
  explicit ScriptedPeer(std::deque<std::string> messages)
      : messages_(std::move(messages)) {}
  void Send(const std::string& message) override { sent = message; }
  std::optional<std::string> Receive() override {
    if (messages_.empty()) return std::nullopt;
    std::string message = messages_.front();
    messages_.pop_front();
    return message;
  }
  void CloseInput() override {}
  std::string HowItEnded() override { return ""; }

  std::string sent;

 private:
  std::deque<std::string> messages_;
};

const std::string kPing = R"(> {"jsonrpc":"2.0","id":1,"method":"ping"})";
const std::string kPong = R"({"jsonrpc":"2.0","id":1,"result":{}})";
const std::string kPong2 = R"({"jsonrpc":"2.0","id":1,"result":{"a":1}})";

std::string PlayText(const std::string& text,
                     std::deque<std::string> messages) {
  const auto parsed = ParseConversation("# why\n" + text);
  EXPECT_EQ(parsed.problem, "");
  ScriptedPeer peer(std::move(messages));
  return Play(parsed.conversation, peer);
}

TEST(Conversation, PassesWhenTheServerSaysItsPart) {
  EXPECT_EQ(PlayText(kPing + "\n< " + kPong, {kPong}), "");
  EXPECT_EQ(
      PlayText(kPing + "\n<? " + kPong + "\n<? " + kPong2, {kPong2, kPong}),
      "");
}

TEST(Conversation, FailsOnWhatIsMissingDifferentOrTooMuch) {
  EXPECT_NE(PlayText(kPing + "\n< " + kPong, {}), "");
  EXPECT_NE(PlayText(kPing + "\n< " + kPong, {kPong2}), "");
  EXPECT_NE(PlayText(kPing + "\n< " + kPong, {kPong, kPong}), "");
  EXPECT_NE(
      PlayText(kPing + "\n<? " + kPong + "\n<? " + kPong2, {kPong, kPong}), "");
  EXPECT_NE(PlayText(kPing + "\n< " + kPong + "\n< " + kPong2, {kPong2, kPong}),
            "");
}

TEST(Conversation, FailsOnMessagesThatBreakTheRules) {
  EXPECT_NE(PlayText(kPing + "\n< \"<any>\"", {"hello"}), "");
  EXPECT_NE(PlayText(kPing + "\n< \"<any>\"", {R"({"id":1,"result":{}})"}), "");
}

TEST(Conversation, ExpandsRepetitions) {
  const auto parsed = ParseConversation("# why\n> a{{3 x [}}b{{2 x }}}}\n");
  EXPECT_EQ(parsed.conversation.steps.at(0).text, "a[[[b}}");
}

TEST(Conversation, RefusesFilesThatSayLittle) {
  EXPECT_NE(ParseConversation(kPing).problem, "");
  EXPECT_NE(ParseConversation("# why\n").problem, "");
  EXPECT_NE(ParseConversation("# why\n< {\n").problem, "");
  EXPECT_NE(ParseConversation("# why\n? {}\n").problem, "");
}

TEST(JsonMatch, TellsTypesApart) {
  EXPECT_TRUE(Matches(json::parse(R"({"a":["<any>",1]})"),
                      json::parse(R"({"a":[{"b":2},1]})")));
  for (const char* other :
       {"1.0", R"("1")", "[1]", "null", "2", R"({"a":1})"}) {
    EXPECT_FALSE(Matches(json(1), json::parse(other))) << other;
  }
  EXPECT_FALSE(Matches(json::parse(R"({"a":"<any>"})"), json::object()));
  EXPECT_FALSE(Matches(json::object(), json::parse(R"({"a":1})")));
  EXPECT_FALSE(Matches(json::parse("[1,2]"), json::parse("[1]")));
}

struct RuleCase {
  const char* message;
  bool is_fine;
};

const RuleCase kRuleCases[] = {
    {R"({"jsonrpc":"2.0","id":1,"result":{}})", true},
    {R"({"jsonrpc":"2.0","id":9,"result":{}})", false},
    {R"({"jsonrpc":"2.0","id":1})", false},
    {R"({"jsonrpc":"2.0","id":1,"result":{},"error":{}})", false},
    {R"({"jsonrpc":"2.0","id":1,"result":{"resultType":"complete"}})", false},
    {R"({"jsonrpc":"2.0","id":2,"result":{}})", false},
    {R"({"jsonrpc":"2.0","id":2,"result":{"resultType":"complete"}})", false},
    {R"({"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","ttlMs":1,"cacheScope":"public"}})",
     true},
    {R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"m"}})", true},
    {R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"m"}})",
     false},
    {R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"m"}})",
     true},
    {R"({"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":"m"}})", false},
    {R"({"jsonrpc":"2.0","id":1,"error":{"code":1}})", false},
};

TEST(MessageRules, HoldMessagesAgainstTheSpecification) {
  MessageRules rules;
  rules.OnSent(R"({"id":1,"method":"ping"})");
  rules.OnSent(R"({"id":2,"method":"tools/list","params":{"_meta":)"
               R"({"io.modelcontextprotocol/protocolVersion":"x"}}})");
  for (const RuleCase& row : kRuleCases) {
    const std::string problem = rules.Check(json::parse(row.message));
    EXPECT_EQ(problem.empty(), row.is_fine) << row.message << problem;
  }
}

}  // namespace
}  // namespace pmcp::test
