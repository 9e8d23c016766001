#include "tools/args/dotted_names.h"

#include <gtest/gtest.h>

#include "tools/args/query_args.h"

namespace pmcp::tools {
namespace {

TEST(DottedNames, GetQuotesOnlyWhereTheyAreNames) {
  EXPECT_EQ(QuoteDottedNames(R"(k8s.pod.name="p.1", a = "b.c=d")"),
            R"("k8s.pod.name"="p.1", a = "b.c=d")");
  EXPECT_EQ(QuoteDottedNames(R"({a.b !~ 'x\'.y="z', `c.d`="e"})"),
            R"({"a.b" !~ 'x\'.y="z', `c.d`="e"})");
  EXPECT_EQ(QuoteDottedNames(R"(cpu{"a.b"=~"c"})"), R"(cpu{"a.b"=~"c"})");
  for (const char* same : {"", "a.b", "1.5", "\"a.b", "a.b{c=\"d\"}"}) {
    EXPECT_EQ(QuoteDottedNames(same), same);
  }
}

TEST(DottedNames, AreTakenInSelectors) {
  const auto selector = ParseSelector("", R"(k8s.pod.name="p.1",a!="b")");
  ASSERT_TRUE(selector.ok()) << selector.error().message;
  EXPECT_EQ(selector->ToString(), R"({"k8s.pod.name"="p.1", a!="b"})");
}

}  // namespace
}  // namespace pmcp::tools
