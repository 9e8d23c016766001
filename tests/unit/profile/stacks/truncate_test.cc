#include "profile/stacks/truncate.h"

#include <gtest/gtest.h>

#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"

namespace pmcp::profile {
namespace {

using test::Dedent;
using test::ToText;
using test::TreeFromCollapsed;

// Totals in descending order: main 85, big 50, mid 20, small 9, tiny 6, leaf 5.
StackTree Sample() {
  return TreeFromCollapsed(R"(
      main;big       50
      main;mid       20
      main;small      4
      main;small;leaf 5
      main;tiny       6
  )");
}

// A real function called "other", which calls other functions.
StackTree WithRealOther() {
  return TreeFromCollapsed(R"(
      main;big     50
      main;other   20
      main;other;x  5
      main;small    3
      main;tiny     1
  )");
}

TEST(TruncationThreshold, IsTheTotalOfTheLastNodeThatStays) {
  EXPECT_EQ(TruncationThreshold(Sample(), 1), 85);
  EXPECT_EQ(TruncationThreshold(Sample(), 2), 50);
  EXPECT_EQ(TruncationThreshold(Sample(), 5), 6);
}

TEST(TruncationThreshold, IsZeroWhenNothingHasToGo) {
  EXPECT_EQ(TruncationThreshold(Sample(), 6), 0);
  EXPECT_EQ(TruncationThreshold(Sample(), 1'000'000), 0);
  EXPECT_EQ(TruncationThreshold(StackTree(), 1), 0);
}

TEST(TruncationThreshold, HasNoLimitBelowOne) {
  EXPECT_EQ(TruncationThreshold(Sample(), 0), 0);
  EXPECT_EQ(TruncationThreshold(Sample(), -1), 0);
}

TEST(TruncateStored, PutsWhatItCutsIntoOneLeafOfTheParent) {
  EXPECT_EQ(ToText(TruncateStored(Sample(), 3)), Dedent(R"(
      main 0 85
        big 50 50
        mid 20 20
        other 15 15
  )"));
}

TEST(TruncateStored, CutsAtEveryLevel) {
  EXPECT_EQ(ToText(TruncateStored(Sample(), 4)), Dedent(R"(
      main 0 85
        big 50 50
        mid 20 20
        other 6 6
        small 4 9
          other 5 5
  )"));
}

TEST(TruncateStored, CutsRoots) {
  const StackTree tree = TreeFromCollapsed("a;x 5\nb 3\nc 2");
  EXPECT_EQ(ToText(TruncateStored(tree, 1)), Dedent(R"(
      a 0 5
        x 5 5
      other 5 5
  )"));
}

TEST(TruncateStored, KeepsAllOfATie) {
  const StackTree tree = TreeFromCollapsed("a 5\nb 5\nc 5\nd 1");
  EXPECT_EQ(ToText(TruncateStored(tree, 1)), Dedent(R"(
      a 5 5
      b 5 5
      c 5 5
      other 1 1
  )"));
}

TEST(TruncateStored, LeavesATreeAloneThatFits) {
  EXPECT_EQ(ToText(TruncateStored(Sample(), 6)), ToText(Sample()));
  EXPECT_EQ(ToText(TruncateStored(Sample(), 0)), ToText(Sample()));
  EXPECT_EQ(ToText(TruncateStored(StackTree(), 1)), "");
}

// As in Pyroscope, 4 of 79 are lost.
TEST(TruncateStored, LosesWhatItCutsBesideARealOther) {
  EXPECT_EQ(ToText(TruncateStored(WithRealOther(), 3)), Dedent(R"(
      main 0 75
        big 50 50
        other 20 25
          other 5 5
  )"));
}

TEST(TruncateStored, CutsARealOtherAsAnyFunction) {
  EXPECT_EQ(ToText(TruncateStored(WithRealOther(), 2)), Dedent(R"(
      main 0 79
        big 50 50
        other 29 29
  )"));
}

TEST(TruncateSent, LetsARealOtherTakeTheRest) {
  EXPECT_EQ(ToText(TruncateSent(WithRealOther(), 3)), Dedent(R"(
      main 0 79
        big 50 50
        other 24 29
          other 5 5
  )"));
}

TEST(TruncateSent, KeepsARealOtherHoweverSmall) {
  EXPECT_EQ(ToText(TruncateSent(WithRealOther(), 1)), Dedent(R"(
      main 0 79
        other 74 79
          other 5 5
  )"));
}

TEST(TruncateSent, CutsAsStoredWhenNothingIsCalledOther) {
  for (int max_nodes = 0; max_nodes < 7; ++max_nodes) {
    EXPECT_EQ(ToText(TruncateSent(Sample(), max_nodes)),
              ToText(TruncateStored(Sample(), max_nodes)));
  }
}

TEST(TruncateDrawn, FoldsARealOtherWithWhatIsCut) {
  EXPECT_EQ(ToText(TruncateDrawn(WithRealOther(), 3)), Dedent(R"(
      main 0 79
        big 50 50
        other 29 29
  )"));
}

TEST(TruncateDrawn, FoldsARealOtherEvenWhenNothingIsCut) {
  EXPECT_EQ(ToText(TruncateDrawn(WithRealOther(), 0)), Dedent(R"(
      main 0 79
        big 50 50
        other 25 25
        small 3 3
        tiny 1 1
  )"));
}

// Two stages cut more than one stage: the leaf of 12 counts as a node.
TEST(TruncateSent, CountsTheLeavesOfAnEarlierStage) {
  const StackTree stored = TruncateStored(
      TreeFromCollapsed("main;a 11\nmain;b 10\nmain;c 6\nmain;d 6"), 3);
  EXPECT_EQ(ToText(stored), Dedent(R"(
      main 0 33
        a 11 11
        b 10 10
        other 12 12
  )"));
  EXPECT_EQ(ToText(TruncateSent(stored, 3)), Dedent(R"(
      main 0 33
        a 11 11
        other 22 22
  )"));
}

}  // namespace
}  // namespace pmcp::profile
