#include "base/error.h"

#include <gtest/gtest.h>

#include <set>

#include "base/call_context.h"
#include "base/result.h"

namespace pmcp {
namespace {

TEST(ErrorKinds, HaveDifferentSnakeCaseNames) {
  std::set<std::string_view> names;
  for (const auto& row : ErrorKinds()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(Name(row.kind), row.name);
    EXPECT_EQ(IsRetryable(row.kind), row.retryable);
    EXPECT_EQ(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"),
              std::string_view::npos);
  }
  EXPECT_EQ(names.size(), 12u);
}

Result<int> Half(int number) {
  if (number % 2 != 0) return InvalidArgument("odd");
  return number / 2;
}

Result<int> Quarter(int number) {
  PMCP_TRY(half, Half(number));
  PMCP_TRY(quarter, Half(half));
  return quarter;
}

TEST(Result, TryReturnsTheFirstError) {
  EXPECT_EQ(*Quarter(8), 2);
  ASSERT_FALSE(Quarter(6).ok());
  EXPECT_EQ(Quarter(6).error().message, "odd");
}

TEST(CallContext, SaysWhenToStop) {
  EXPECT_TRUE(CallContext().Check().ok());
  std::stop_source stop;
  const CallContext call(stop.get_token(), CallContext::Deadline::max());
  EXPECT_TRUE(call.Check().ok());
  stop.request_stop();
  EXPECT_EQ(call.Check().error().kind, ErrorKind::kCancelled);
  const CallContext late({}, std::chrono::steady_clock::now());
  EXPECT_EQ(late.Check().error().kind, ErrorKind::kTimeout);
}

}  // namespace
}  // namespace pmcp
