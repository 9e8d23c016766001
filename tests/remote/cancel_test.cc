// Cancelling a call ends the transfer from the server: the server sees the
// connection close long before the timeout.
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "tests/support/child_peer.h"
#include "tests/support/hostile_server.h"

namespace pmcp {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kTimeout{60};

template <typename Done>
bool Eventually(Done done) {
  const auto end = steady_clock::now() + kTimeout / 2;
  while (!done()) {
    if (steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

TEST(Cancel, OfACallClosesTheConnectionToTheServer) {
  const test::HostileServer server({{"", test::HostileReply::Then::kHang}});
  test::ChildPeer peer({PMCP_PROGRAM, "stdio", "--pyroscope-url", server.url(),
                        "--timeout", std::to_string(kTimeout.count()) + "s"});
  const auto send = [&](json message) {
    message["jsonrpc"] = "2.0";
    peer.Send(message.dump());
  };
  send({{"id", 1},
        {"method", "initialize"},
        {"params",
         {{"protocolVersion", "2025-11-25"},
          {"capabilities", json::object()},
          {"clientInfo", {{"name", "test"}, {"version", "1"}}}}}});
  ASSERT_TRUE(peer.Receive());
  send({{"method", "notifications/initialized"}});
  send({{"id", 2},
        {"method", "tools/call"},
        {"params",
         {{"name", "list_profile_types"}, {"arguments", json::object()}}}});
  ASSERT_TRUE(Eventually([&] { return !server.requests().empty(); }));
  EXPECT_EQ(server.left(), 0);
  send({{"method", "notifications/cancelled"}, {"params", {{"requestId", 2}}}});
  EXPECT_TRUE(Eventually([&] { return server.left() == 1; }));
  // Our server continues and sends no answer to the cancelled request.
  send({{"id", 3}, {"method", "ping"}});
  const auto pong = peer.Receive();
  ASSERT_TRUE(pong);
  EXPECT_EQ(json::parse(*pong).at("id"), 3);
  peer.CloseInput();
}

}  // namespace
}  // namespace pmcp
