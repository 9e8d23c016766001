#include "server/core/progress_reporter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace pmcp::server {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A reporter with a clock that the test controls.
class ProgressReporterTest : public ::testing::Test {
 protected:
  ~ProgressReporterTest() override { reply_.Nothing(); }

  std::vector<double> sent_;
  std::vector<std::string> messages_;
  ProgressReporter::TimePoint now_;
  ReplyOnce reply_{{.notify =
                        [this](const std::string& text) {
                          const json params = json::parse(text)["params"];
                          sent_.push_back(params["progress"]);
                          messages_.push_back(params.value("message", ""));
                        },
                    .finish = [](const std::optional<Reply>&) {}}};
  ProgressReporter reporter_{
      *RequestId::From(json("t")),
      reply_,
      {.quiet = milliseconds(500), .interval = milliseconds(250)},
      [this] { return now_; }};
};

TEST_F(ProgressReporterTest, IsQuietForShortWork) {
  reporter_.Report(1, 10, "");
  now_ += milliseconds(499);
  reporter_.Report(2, 10, "");
  EXPECT_THAT(sent_, IsEmpty());
  now_ += milliseconds(1);
  reporter_.Report(3, 10, "");
  EXPECT_THAT(sent_, ElementsAre(3));
}

TEST_F(ProgressReporterTest, SendsOneInAnInterval) {
  now_ += milliseconds(500);
  for (int i = 1; i <= 10; ++i) reporter_.Report(i, 10, "");
  now_ += milliseconds(250);
  reporter_.Report(11, 0, "");
  EXPECT_THAT(sent_, ElementsAre(1, 11));
}

TEST_F(ProgressReporterTest, OnlyGoesUp) {
  for (const double done : {2.0, 2.0, 1.0, 3.0}) {
    now_ += milliseconds(500);
    reporter_.Report(done, 0, "");
  }
  EXPECT_THAT(sent_, ElementsAre(2, 3));
}

TEST_F(ProgressReporterTest, IgnoresWhatIsNoNumber) {
  now_ += milliseconds(500);
  reporter_.Report(std::numeric_limits<double>::quiet_NaN(), 0, "");
  reporter_.Report(std::numeric_limits<double>::infinity(), 0, "");
  EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(ProgressReporterTest, CleansItsMessage) {
  now_ += milliseconds(500);
  reporter_.Report(1, 0, "file \x1b[31m\xff");
  EXPECT_THAT(messages_, ElementsAre("file [31m\xef\xbf\xbd"));
}

}  // namespace
}  // namespace pmcp::server
