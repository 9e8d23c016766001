#include "server/session.h"

#include <gtest/gtest.h>

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
