#include "server/offer/change_feed.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace pmcp::server {
namespace {

TEST(ChangeFeed, TellsThoseWhoListen) {
  ChangeFeed feed;
  std::string seen;
  auto one = feed.Listen([&](const Change& c) { seen += "1" + c.uri; });
  const auto two = feed.Listen([&](const Change& c) { seen += "2" + c.uri; });
  feed.Publish({Change::Kind::kContents, "a"});
  one.reset();
  feed.Publish({Change::Kind::kContents, "b"});
  EXPECT_EQ(seen, "1a2a2b");
}

TEST(ChangeFeed, LetsAListenerLeaveWhileItIsTold) {
  ChangeFeed feed;
  int told = 0;
  std::shared_ptr<void> handle;
  handle = feed.Listen([&](const Change&) {
    ++told;
    handle.reset();
  });
  feed.Publish({});
  feed.Publish({});
  EXPECT_EQ(told, 1);
}

TEST(ChangeFeed, HasRoomForSoMany) {
  ChangeFeed feed;
  std::vector<std::shared_ptr<void>> handles;
  for (std::size_t i = 0; i < ChangeFeed::kMaxListeners; ++i) {
    handles.push_back(feed.Listen([](const Change&) {}));
    ASSERT_NE(handles.back(), nullptr);
  }
  EXPECT_EQ(feed.Listen([](const Change&) {}), nullptr);
  handles.pop_back();
  EXPECT_NE(feed.Listen([](const Change&) {}), nullptr);
}

TEST(ChangeFeed, MayEndBeforeItsListeners) {
  std::shared_ptr<void> handle;
  {
    ChangeFeed feed;
    handle = feed.Listen([](const Change&) {});
  }
  handle.reset();
  EXPECT_EQ(handle, nullptr);
}

}  // namespace
}  // namespace pmcp::server
