#include "server/core/session.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

namespace pmcp::server {
namespace {

RequestId Id(int id) { return *RequestId::From(nlohmann::json(id)); }

TEST(Session, RefusesAnIdThatIsTaken) {
  Session session;
  const std::stop_source first;
  const std::stop_source second;
  EXPECT_TRUE(session.Begin(Id(1), first));
  EXPECT_FALSE(session.Begin(Id(1), second));
  EXPECT_TRUE(session.Finish(Id(1), first));
  EXPECT_TRUE(session.Begin(Id(1), second));
}

TEST(Session, CancelsOnceAndFreesTheId) {
  Session session;
  const std::stop_source stop;
  session.Begin(Id(1), stop);
  EXPECT_TRUE(session.Cancel(Id(1)));
  EXPECT_TRUE(stop.stop_requested());
  EXPECT_FALSE(session.Cancel(Id(1)));
  EXPECT_FALSE(session.Finish(Id(1), stop)) << "a cancelled request is silent";
}

TEST(Session, KeepsACancelledRequestApartFromItsSuccessor) {
  Session session;
  const std::stop_source first;
  const std::stop_source second;
  session.Begin(Id(1), first);
  session.Cancel(Id(1));
  session.Begin(Id(1), second);
  EXPECT_FALSE(session.Finish(Id(1), first));
  EXPECT_TRUE(session.Finish(Id(1), second));
}

TEST(Session, CannotCancelWhatIsAnswered) {
  Session session;
  const std::stop_source stop;
  session.Begin(Id(1), stop);
  session.Finish(Id(1), stop);
  EXPECT_FALSE(session.Cancel(Id(1)));
  EXPECT_FALSE(stop.stop_requested());
}

TEST(Session, CancelsAll) {
  Session session;
  const std::stop_source one;
  const std::stop_source two;
  session.Begin(Id(1), one);
  session.Begin(Id(2), two);
  session.CancelAll();
  EXPECT_TRUE(one.stop_requested());
  EXPECT_TRUE(two.stop_requested());
  EXPECT_FALSE(session.Finish(Id(1), one));
}

TEST(Session, WatchesSoManyResources) {
  Session session;
  for (std::size_t i = 0; i < Session::kMaxWatched; ++i) {
    ASSERT_TRUE(session.Watch(std::to_string(i)));
  }
  EXPECT_FALSE(session.Watch("one more"));
  EXPECT_TRUE(session.Watch("0")) << "it is watched already";
  EXPECT_TRUE(session.IsWatched("0"));
  session.Unwatch("0");
  EXPECT_FALSE(session.IsWatched("0"));
  EXPECT_TRUE(session.Watch("one more"));
}

TEST(Session, EndsEachListenOnce) {
  Session session;
  int ended = 0;
  session.AddListen(Id(1), [&] { ++ended; });
  session.AddListen(Id(2), [&] { ended += 10; });
  session.RemoveListen(Id(2));
  session.EndListens();
  session.EndListens();
  EXPECT_EQ(ended, 1);
}

TEST(Session, DropsMessagesThatNobodyTakes) {
  Session session;
  std::string seen;
  session.Send("lost");
  session.SetOutbox([&seen](const std::string& m) { seen += m; });
  session.Send("kept");
  session.SetOutbox({});
  session.Send("lost");
  EXPECT_EQ(seen, "kept");
}

}  // namespace
}  // namespace pmcp::server
