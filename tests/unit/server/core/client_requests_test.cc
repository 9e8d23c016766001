#include "server/core/client_requests.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <thread>

namespace pmcp::server {
namespace {

using nlohmann::json;

jsonrpc::Response ResponseTo(const RequestId& id) {
  return {id, false, std::make_shared<const json>(json::object())};
}

TEST(ClientRequests, GivesAnswersToThoseWhoAsked) {
  ClientRequests requests;
  const RequestId one = requests.Begin();
  const RequestId two = requests.Begin();
  EXPECT_NE(one, two);
  requests.Deliver(ResponseTo(two));  // before anybody waits
  std::thread client([&] { requests.Deliver(ResponseTo(one)); });
  EXPECT_EQ(requests.Wait(one, CallContext())->id, one);
  EXPECT_EQ(requests.Wait(two, CallContext())->id, two);
  client.join();
}

TEST(ClientRequests, StopWaitingWhenTheCallIsOver) {
  ClientRequests requests;
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled = requests.Wait(
      requests.Begin(),
      CallContext(stop.get_token(), CallContext::Deadline::max()));
  EXPECT_EQ(cancelled.error().kind, ErrorKind::kCancelled);

  const RequestId id = requests.Begin();
  const auto late =
      requests.Wait(id, CallContext({}, std::chrono::steady_clock::now()));
  EXPECT_EQ(late.error().kind, ErrorKind::kTimeout);
  requests.Deliver(ResponseTo(id));  // nobody asks any more
}

}  // namespace
}  // namespace pmcp::server
