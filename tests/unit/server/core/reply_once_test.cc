#include "server/core/reply_once.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "server/core/batch_reply.h"

namespace pmcp::server {
namespace {

using ::testing::ElementsAre;

/// The messages that the transport received, in order; "(nothing)" for no
/// answer.
struct Recorder {
  ReplyOnce NewReply() {
    return ReplyOnce({.notify = [this](std::string m) { seen.push_back(m); },
                      .finish =
                          [this](std::optional<Reply> answer) {
                            seen.push_back(answer ? answer->text : "(nothing)");
                          },
                      .close_stream = [this] { seen.push_back("(closed)"); }});
  }
  std::vector<std::string> seen;
};

TEST(ReplyOnce, PassesOnNotificationsAndTheAnswer) {
  Recorder recorder;
  const ReplyOnce reply = recorder.NewReply();
  reply.Notify("1 of 2");
  reply.Send({"done"});
  EXPECT_THAT(recorder.seen, ElementsAre("1 of 2", "done"));
}

TEST(ReplyOnce, DropsNotificationsAfterTheAnswer) {
  Recorder recorder;
  const ReplyOnce reply = recorder.NewReply();
  const ReplyOnce kept_by_the_work = reply;
  reply.Nothing();
  kept_by_the_work.Notify("late");
  EXPECT_THAT(recorder.seen, ElementsAre("(nothing)"));
}

TEST(ReplyOnceDeathTest, EndsTheProcessWhenAnsweredTwice) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Recorder recorder;
  const ReplyOnce reply = recorder.NewReply();
  reply.Send({"one"});
  EXPECT_DEATH(reply.Send({"two"}), "check failed");
}

TEST(ReplyOnceDeathTest, EndsTheProcessWhenForgotten) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        Recorder recorder;
        recorder.NewReply();
      },
      "check failed");
}

TEST(BatchReply, JoinsAnswersAsTheyCome) {
  Recorder recorder;
  const auto parts = SplitReply(recorder.NewReply(), 3);
  parts[2].Send({"3"});
  parts[1].Notify("half of 1");
  parts[1].Nothing();
  EXPECT_THAT(recorder.seen, ElementsAre("half of 1"));
  parts[0].Send({"1"});
  EXPECT_THAT(recorder.seen, ElementsAre("half of 1", "[3,1]"));
}

TEST(ReplyOnce, ClosesTheStreamOnlyWhileThereIsSomethingToCome) {
  Recorder recorder;
  const ReplyOnce reply = recorder.NewReply();
  const auto parts = SplitReply(reply, 1);
  parts[0].CloseStream();
  parts[0].Send({"1"});
  reply.CloseStream();
  EXPECT_THAT(recorder.seen, ElementsAre("(closed)", "[1]"));
}

TEST(ReplyOnce, NeedsNoStreamToClose) {
  std::string seen;
  const ReplyOnce reply(
      {.notify = {}, .finish = [&seen](std::optional<Reply> answer) {
         if (answer) seen = answer->text;
       }});
  reply.CloseStream();
  reply.Send({"done"});
  EXPECT_EQ(seen, "done");
}

TEST(Answer, SaysOfARefusalWhatItIs) {
  const Reply answer = Reply::Refusal(std::nullopt, {-32600, "no object", ""});
  EXPECT_EQ(
      answer.text,
      R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"no object"}})");
  EXPECT_EQ(answer.error_code, -32600);
  EXPECT_TRUE(answer.refused);
}

TEST(BatchReply, SaysNothingForNotificationsOnly) {
  Recorder recorder;
  const auto parts = SplitReply(recorder.NewReply(), 2);
  parts[0].Nothing();
  parts[1].Nothing();
  EXPECT_THAT(recorder.seen, ElementsAre("(nothing)"));
}

}  // namespace
}  // namespace pmcp::server
