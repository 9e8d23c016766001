#include "server/http/sse_stream.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp::server {
namespace {

using std::chrono::milliseconds;
using Keep = SseStream::Keep;
using Next = SseStream::Next;

/// All that is there after `after`, as "1:a 2:b", and how it goes on.
std::string ReadAll(SseStream& stream, std::uint64_t after = 0) {
  std::string all;
  SseStream::Event event;
  while (true) {
    switch (stream.WaitFor(after, milliseconds(0), event)) {
      case Next::kEvent:
        after = event.number;
        all += std::to_string(event.number) + ":" + event.message + " ";
        continue;
      case Next::kNothingYet:
        return all + "...";
      case Next::kClose:
        return all + "close";
      case Next::kEnd:
        return all + "end";
    }
  }
}

TEST(SseStream, GivesMessagesInTheirOrder) {
  SseStream stream("s1", Keep::kNothing);
  EXPECT_EQ(ReadAll(stream), "...");
  stream.Push("a");
  stream.Push("b");
  EXPECT_EQ(ReadAll(stream), "1:a 2:b ...");
  stream.Finish();
  EXPECT_EQ(ReadAll(stream, 2), "end");
  EXPECT_FALSE(stream.Push("c"));
}

TEST(SseStream, CanBeReadAgainFromAnyPlace) {
  SseStream stream("s1", Keep::kReplay);
  for (const char* text : {"a", "b", "c"}) stream.Push(text);
  stream.Finish();
  EXPECT_EQ(ReadAll(stream), "1:a 2:b 3:c end");
  EXPECT_EQ(ReadAll(stream, 1), "2:b 3:c end");
  EXPECT_EQ(ReadAll(stream, 3), "end");
}

TEST(SseStream, IsGivenUpWhenNobodyReads) {
  SseStream stream("s1", Keep::kNothing);
  for (std::size_t i = 0; i < SseStream::kMaxEvents; ++i) {
    ASSERT_TRUE(stream.Push("x"));
  }
  EXPECT_FALSE(stream.Push("x"));
  EXPECT_TRUE(stream.IsFinished());
}

TEST(SseStream, BoundsItsBytes) {
  SseStream stream("s1", Keep::kNothing);
  EXPECT_TRUE(stream.Push(std::string(SseStream::kMaxBytes, 'x')));
  EXPECT_FALSE(stream.Push("x"));
}

TEST(SseStream, FreesTheBytesOfDeliveredEvents) {
  SseStream stream("s1", Keep::kNothing);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(stream.Push(std::string(SseStream::kMaxBytes, 'x')));
    EXPECT_EQ(stream.bytes(), SseStream::kMaxBytes);
    SseStream::Event event;
    ASSERT_EQ(stream.WaitFor(0, milliseconds(0), event), Next::kEvent);
    EXPECT_EQ(stream.bytes(), 0u);
  }
}

TEST(SseStream, KeepsTheBytesOfEventsThatCanBeReplayed) {
  SseStream stream("s1", Keep::kReplay);
  ASSERT_TRUE(stream.Push("ab"));
  ASSERT_TRUE(stream.Push("c"));
  EXPECT_EQ(ReadAll(stream), "1:ab 2:c ...");
  EXPECT_EQ(stream.bytes(), 3u);
}

TEST(SseStream, FreesTheBytesOfEventsThatMakeRoom) {
  SseStream stream("s0", Keep::kLatest);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(stream.Push(std::string(SseStream::kMaxBytes, 'x')));
    EXPECT_EQ(stream.bytes(), SseStream::kMaxBytes);
  }
}

TEST(SseStream, KeepsTheLatestWhenItIsAskedTo) {
  SseStream stream("s0", Keep::kLatest);
  for (std::size_t i = 0; i < SseStream::kMaxEvents + 2; ++i) {
    ASSERT_TRUE(stream.Push("x"));
  }
  SseStream::Event event;
  ASSERT_EQ(stream.WaitFor(0, milliseconds(0), event), Next::kEvent);
  EXPECT_EQ(event.number, 3u);
}

TEST(SseStream, ClosesOnceAndGoesOn) {
  SseStream stream("s1", Keep::kReplay);
  stream.Push("a");
  stream.AskToClose();
  EXPECT_EQ(ReadAll(stream), "1:a close") << "after what was there before";
  stream.Push("b");
  EXPECT_EQ(ReadAll(stream, 1), "2:b ...");
}

TEST(SseStream, ClosesTheConnectionThatWasNotThereYet) {
  SseStream stream("s1", Keep::kReplay);
  stream.AskToClose();  // by quick work, before its connection is attached
  stream.Attach();
  EXPECT_EQ(ReadAll(stream), "close");
  stream.AskToClose();
  stream.Detach();
  stream.Attach();
  EXPECT_EQ(ReadAll(stream), "...") << "it was for the connection before";
}

TEST(SseStream, HasOneConnectionAtATime) {
  SseStream stream("s1", Keep::kReplay);
  EXPECT_TRUE(stream.Attach());
  EXPECT_FALSE(stream.Attach());
  stream.Detach();
  EXPECT_TRUE(stream.Attach());
}

TEST(SseEvent, IsWrittenAsTheStandardHasIt) {
  EXPECT_EQ(FormatEvent("s1_2", "{}"),
            "event: message\nid: s1_2\ndata: {}\n\n");
  EXPECT_EQ(FormatEvent("", "{}"), "event: message\ndata: {}\n\n");
}

TEST(SseEvent, IdsComeBack) {
  const auto id = ParseEventId(FormatEventId("s12", 345));
  ASSERT_TRUE(id);
  EXPECT_EQ(id->stream, "s12");
  EXPECT_EQ(id->number, 345u);
  for (const char* text : {"", "s1", "s1_", "s1_x", "s1_-1"}) {
    EXPECT_FALSE(ParseEventId(text)) << text;
  }
}

}  // namespace
}  // namespace pmcp::server
