#include "server/http/http_sessions.h"

#include <gtest/gtest.h>

#include <set>

namespace pmcp::server {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct Fixture : testing::Test {
  HttpSessions::Clock::time_point now{seconds(1000)};
  HttpSessions sessions{{.max_sessions = 2, .idle_time = minutes(30)},
                        [this] { return now; }};

  std::string Add() {
    const auto session = HttpSessions::Make();
    sessions.Add(session);
    return session->id();
  }
};
using HttpSessionsTest = Fixture;

TEST_F(HttpSessionsTest, IdsAreLongAndDifferent) {
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.insert(HttpSessions::Make()->id());
  EXPECT_EQ(ids.size(), 100u);
  EXPECT_EQ(ids.begin()->size(), 32u) << "128 bits in hexadecimal";
  EXPECT_EQ(ids.begin()->find_first_not_of("0123456789abcdef"),
            std::string::npos);
}

TEST_F(HttpSessionsTest, AreFoundUntilTheyAreClosed) {
  const std::string id = Add();
  EXPECT_NE(sessions.Find(id), nullptr);
  EXPECT_EQ(sessions.Find("other"), nullptr);
  EXPECT_TRUE(sessions.Close(id));
  EXPECT_FALSE(sessions.Close(id));
  EXPECT_EQ(sessions.Find(id), nullptr);
}

TEST_F(HttpSessionsTest, EndWhenTheyAreIdleForLong) {
  const std::string used = Add();
  const std::string idle = Add();
  now += minutes(29);
  EXPECT_NE(sessions.Find(used), nullptr);
  now += minutes(2);
  EXPECT_NE(sessions.Find(used), nullptr);
  EXPECT_EQ(sessions.Find(idle), nullptr);
}

TEST_F(HttpSessionsTest, TheOneIdleForLongestMakesRoom) {
  const std::string first = Add();
  now += seconds(1);
  const std::string second = Add();
  now += seconds(1);
  sessions.Find(first);
  now += seconds(1);
  const std::string third = Add();
  EXPECT_EQ(sessions.size(), 2u);
  EXPECT_NE(sessions.Find(first), nullptr);
  EXPECT_EQ(sessions.Find(second), nullptr);
  EXPECT_NE(sessions.Find(third), nullptr);
}

TEST_F(HttpSessionsTest, ClosingStopsCallsAndEndsTheOutbox) {
  const auto session = HttpSessions::Make();
  sessions.Add(session);
  std::stop_source stop;
  ASSERT_TRUE(session->session()->Begin(RequestId::Null(), stop));
  sessions.Close(session->id());
  EXPECT_TRUE(stop.stop_requested());
  EXPECT_TRUE(session->outbox()->IsFinished());
}

TEST_F(HttpSessionsTest, TheOutboxTakesWhatBelongsToNoRequest) {
  const auto session = HttpSessions::Make();
  session->session()->Send("changed");
  SseStream::Event event;
  ASSERT_EQ(session->outbox()->WaitFor(0, seconds(0), event),
            SseStream::Next::kEvent);
  EXPECT_EQ(event.message, "changed");
}

TEST_F(HttpSessionsTest, StreamsAreFoundByTheirNames) {
  const auto session = HttpSessions::Make();
  const auto stream = session->NewStream();
  EXPECT_EQ(session->FindStream(stream->id()), stream);
  EXPECT_EQ(session->FindStream("s0"), session->outbox());
  EXPECT_EQ(session->FindStream("s99"), nullptr);
}

TEST_F(HttpSessionsTest, TheOldestFinishedStreamsMakeRoomForNewOnes) {
  const auto session = HttpSessions::Make();
  const auto running = session->NewStream();
  for (int i = 0; i < 40; ++i) session->NewStream()->Finish();
  EXPECT_EQ(session->FindStream(running->id()), running);
  EXPECT_EQ(session->FindStream("s2"), nullptr);
  EXPECT_EQ(session->FindStream("s10"), nullptr);
  for (int i = 11; i <= 41; ++i) {
    EXPECT_NE(session->FindStream("s" + std::to_string(i)), nullptr) << i;
  }
}

TEST_F(HttpSessionsTest, WhatFinishedStreamsKeepIsBounded) {
  const auto session = HttpSessions::Make();
  for (int i = 1; i <= 4; ++i) {
    const auto stream = session->NewStream();
    stream->Push(std::string(HttpSession::kMaxKeptBytes / 2, 'x'));
    stream->Finish();
  }
  session->NewStream();
  EXPECT_EQ(session->FindStream("s2"), nullptr);
  EXPECT_NE(session->FindStream("s3"), nullptr);
  EXPECT_NE(session->FindStream("s4"), nullptr);
}

}  // namespace
}  // namespace pmcp::server
