#include "pyroscope/querier.h"

#include <gtest/gtest.h>

#include <string>

namespace pmcp::pyroscope {
namespace {

/// Answers every request with the same response, which tests can change.
class FakeHttp final : public http::HttpClient {
 public:
  http::ClientResponse response;
  mutable int asked = 0;

  Result<http::ClientResponse> Send(const http::ClientRequest&,
                                    const CallContext&) const override {
    ++asked;
    return response;
  }
};

http::ClientResponse Json(int status, std::string body) {
  return {.status = status,
          .content_type = "application/json",
          .retry_after = "",
          .redirects_to = "",
          .body = std::move(body)};
}

class QuerierTest : public testing::Test {
 protected:
  std::string Version() const {
    const auto version = querier_.Version({});
    return version.ok() ? version->text() : version.error().message;
  }

  FakeHttp http_;
  const Credentials credentials_{{}};
  const Querier querier_{
      ConnectClient(http_,
                    [](const CallContext&) -> Result<std::string> {
                      return std::string("http://h");
                    },
                    credentials_, {})};
};

TEST_F(QuerierTest, AVersionThatWasRefusedIsAskedForAgain) {
  for (const int status : {401, 403}) {
    http_.response = Json(status, "{}");
    EXPECT_EQ(Version(), "");
    EXPECT_EQ(querier_.KnownVersion(), std::nullopt);
  }
  http_.response = Json(200, R"({"data":{"version":"1.16.2"}})");
  EXPECT_EQ(Version(), "1.16.2");
  EXPECT_EQ(Version(), "1.16.2");
  EXPECT_EQ(http_.asked, 3);
}

TEST_F(QuerierTest, AServerWithoutThePageIsAskedOnce) {
  http_.response = Json(404, "{}");
  EXPECT_EQ(Version(), "");
  http_.response = Json(200, R"({"data":{"version":"1.16.2"}})");
  EXPECT_EQ(Version(), "");
  EXPECT_EQ(http_.asked, 1);
}

}  // namespace
}  // namespace pmcp::pyroscope
