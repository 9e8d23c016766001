#include "profile/stacks/sums_memo.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "tests/support/collapsed.h"

namespace pmcp::profile {
namespace {

using test::FromCollapsed;

std::shared_ptr<const FunctionSums> SumsOf(std::int64_t kept) {
  return std::make_shared<const FunctionSums>(FunctionSums{{}, {}, {}, kept});
}

TEST(SumsMemo, KeepsSumsByStacksAndTheirCopies) {
  const Stacks a = FromCollapsed("main 1\n");
  const Stacks b = FromCollapsed("main 1\n");
  const Stacks copy = a;
  SumsMemo memo;
  EXPECT_EQ(memo.Find(a), nullptr);
  memo.Keep(a, SumsOf(1));
  EXPECT_EQ(memo.Find(b), nullptr);
  memo.Keep(b, SumsOf(2));
  EXPECT_EQ(memo.Find(a)->kept, 1);
  EXPECT_EQ(memo.Find(copy)->kept, 1);
  EXPECT_EQ(memo.Find(b)->kept, 2);
}

TEST(SumsMemo, FreesTheSumsOfStacksThatAreGone) {
  std::optional<Stacks> gone = FromCollapsed("main 1\n");
  const Stacks stacks = FromCollapsed("main 1\n");
  SumsMemo memo;
  auto sums = SumsOf(1);
  const std::weak_ptr<const FunctionSums> kept = sums;
  memo.Keep(*gone, std::move(sums));
  gone.reset();
  memo.Keep(stacks, SumsOf(2));
  EXPECT_TRUE(kept.expired());
  EXPECT_EQ(memo.Find(stacks)->kept, 2);
}

}  // namespace
}  // namespace pmcp::profile
