#include "server/core/request_state.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "base/base64.h"
#include "server/core/hmac.h"

namespace pmcp::server {
namespace {

class RequestStateTest : public ::testing::Test {
 protected:
  /// The state, or the message of the refusal.
  std::string Open(std::string_view sealed, std::string_view purpose) const {
    const auto state = seal_.Open(sealed, purpose);
    return state ? *state : state.error().message;
  }

  RequestState::TimePoint now_{std::chrono::hours(1)};
  RequestState seal_{[this] { return now_; }};
};

constexpr const char* kNotOurs =
    "requestState is not one that this server gave";

TEST_F(RequestStateTest, OpensWhatItSealed) {
  for (const std::string state : {"", "a:b\n\xff", "v1.x.y"}) {
    const auto sealed = seal_.Seal(state, "p");
    ASSERT_TRUE(sealed);
    EXPECT_EQ(Open(*sealed, "p"), state);
  }
}

TEST_F(RequestStateTest, BindsTheStateToItsPurpose) {
  const std::string sealed = *seal_.Seal("state", "tools/call a {}");
  EXPECT_EQ(Open(sealed, "tools/call b {}"), kNotOurs);
  EXPECT_EQ(Open(sealed, ""), kNotOurs);
}

TEST_F(RequestStateTest, RefusesEveryChangedCharacter) {
  const std::string sealed = *seal_.Seal("state", "p");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(Open(changed, "p"), kNotOurs) << changed;
  }
  for (const std::string& other :
       {sealed + "-TAMPERED", sealed.substr(0, sealed.size() - 1), sealed + "=",
        std::string(), std::string("v1."), std::string("v1.."),
        std::string(RequestState::kMaxBytes + 1, 'v')}) {
    EXPECT_EQ(Open(other, "p"), kNotOurs) << other;
  }
}

TEST_F(RequestStateTest, RefusesTheStateOfAnotherServer) {
  const RequestState other([this] { return now_; });
  EXPECT_EQ(Open(*other.Seal("state", "p"), "p"), kNotOurs);
}

TEST_F(RequestStateTest, LetsStatesExpire) {
  const std::string sealed = *seal_.Seal("state", "p");
  now_ += RequestState::kLifetime;
  EXPECT_EQ(Open(sealed, "p"), "state");
  now_ += std::chrono::milliseconds(1);
  EXPECT_EQ(Open(sealed, "p"), "requestState has expired");
}

// RFC 4231, test case 2.
TEST(Hmac, IsTheOneOfTheStandard) {
  const auto mac = Hmac::Sha256("Jefe", "what do ya want for nothing?");
  ASSERT_TRUE(mac);
  EXPECT_EQ(ToBase64(*mac), "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
}

TEST(Hmac, MakesKeysThatDiffer) {
  const auto one = Hmac::NewKey();
  const auto two = Hmac::NewKey();
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->size(), 32u);
  EXPECT_NE(*one, *two);
}

}  // namespace
}  // namespace pmcp::server
