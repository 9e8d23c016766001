#include "profile/stacks/profile_diff.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"
#include "tests/support/diff_text.h"
#include "tests/support/random_tree.h"

namespace pmcp::profile {
namespace {

using test::Dedent;
using test::RandomTree;
using test::SplitMix64;
using test::TreeFromCollapsed;

std::string Diff(std::string_view left, std::string_view right,
                 std::int64_t max_nodes = 0) {
  const auto diff =
      DiffTrees(TreeFromCollapsed(left), TreeFromCollapsed(right), max_nodes);
  return diff.ok() ? test::ToText(*diff) : diff.error().message;
}

TEST(DiffTrees, PutsBothSidesBesideEachOther) {
  EXPECT_EQ(Diff("main 1\nmain;a 3", "main 1\nmain;a 1\nmain;b 2"), Dedent(R"(
      total 0 4 | 0 4
        main 1 4 | 1 4
          a 3 3 | 1 1
          b 0 0 | 2 2
  )"));
}

TEST(DiffTrees, OrdersChildrenByTheirNamesWhicheverSideTheyAreOf) {
  EXPECT_EQ(Diff("d 1\nb 2", "c 3\na;x 4\nd 5"), Dedent(R"(
      total 0 3 | 0 12
        a 0 0 | 0 4
          x 0 0 | 4 4
        b 2 2 | 0 0
        c 0 0 | 3 3
        d 1 1 | 5 5
  )"));
}

TEST(DiffTrees, TellsFunctionsByTheirPlace) {
  EXPECT_EQ(Diff("a;b 1", "b;a 2"), Dedent(R"(
      total 0 1 | 0 2
        a 0 1 | 0 0
          b 1 1 | 0 0
        b 0 0 | 0 2
          a 0 0 | 2 2
  )"));
}

TEST(DiffTrees, OfNothingIsTheRoot) {
  EXPECT_EQ(Diff("", ""), "total 0 0 | 0 0\n");
}

TEST(DiffTrees, WithNothingHasOneSide) {
  EXPECT_EQ(Diff("", "main;a 3"), Dedent(R"(
      total 0 0 | 0 3
        main 0 0 | 0 3
          a 0 0 | 3 3
  )"));
}

// The larger totals of the 5 nodes, including the root, are 10, 10, 8, 4, 2.
TEST(DiffTrees, KeepsWhatIsLargeOnEitherSide) {
  const std::string_view left = "main;a 1\nmain;b 1\nmain;c 8";
  const std::string_view right = "main;a 4\nmain;b 2";
  EXPECT_EQ(Diff(left, right, 4), Dedent(R"(
      total 0 10 | 0 6
        main 0 10 | 0 6
          a 1 1 | 4 4
          c 8 8 | 0 0
          other 1 1 | 2 2
  )"));
  EXPECT_EQ(Diff(left, right, 5), Diff(left, right));
}

TEST(DiffTrees, CountsTheRootAmongItsNodes) {
  EXPECT_EQ(Diff("main;a 3", "main;a 3", 2), Diff("main;a 3", "main;a 3"))
      << "three nodes that tie";
  EXPECT_EQ(Diff("main 1\nmain;a 3", "", 2), Dedent(R"(
      total 0 4 | 0 0
        main 1 4 | 0 0
          other 3 3 | 0 0
  )"));
}

TEST(DiffTrees, FoldsTheRestOfBothSidesIntoOneLeafAtTheEnd) {
  EXPECT_EQ(Diff("z 20\na;x 2\nc 1", "z 20\nb 3", 2), Dedent(R"(
      total 0 23 | 0 23
        z 20 20 | 20 20
        other 3 3 | 3 3
  )"));
}

// Unlike in a flame graph, a function called "other" keeps its place and its
// children, and the leaf of the cut nodes is beside it.
TEST(DiffTrees, KeepsARealOtherThatIsLarge) {
  EXPECT_EQ(Diff("other;x 9\nother;y 1\nz 9\na 1", "z 9", 4), Dedent(R"(
      total 0 20 | 0 9
        other 0 10 | 0 0
          x 9 9 | 0 0
          other 1 1 | 0 0
        z 9 9 | 9 9
        other 1 1 | 0 0
  )"));
}

TEST(DiffTrees, FoldsARealOtherThatIsSmall) {
  EXPECT_EQ(Diff("other;x 2\nz 9\na 1", "z 9", 2), Dedent(R"(
      total 0 12 | 0 9
        z 9 9 | 9 9
        other 3 3 | 0 0
  )"));
}

TEST(DiffTrees, RefusesNegativeValues) {
  EXPECT_EQ(Diff("a -1", "a 1"), "the left profile has negative values");
  EXPECT_EQ(Diff("a 1", "a 5\na;b -1"),
            "the right profile has negative values");
  EXPECT_EQ(DiffTrees(TreeFromCollapsed("a -1"), {}, 0).error().kind,
            ErrorKind::kInvalidArgument);
}

TEST(DiffTrees, ComparesAStackOfAnyDepth) {
  StackTree deep;
  const std::vector<StringId> frames(100'000, deep.names().Intern("f"));
  deep.AddStack(frames, 1);
  const auto diff = DiffTrees(deep, deep, 0);
  ASSERT_TRUE(diff.ok());
  EXPECT_EQ(diff->nodes.size(), 100'001u);
}

constexpr std::string_view kNames[] = {"a", "b", "other", "z"};

TEST(DiffProperty, OfATreeWithItselfHasEqualSides) {
  SplitMix64 random(1);
  for (int i = 0; i < 200; ++i) {
    const StackTree tree = RandomTree(random, kNames);
    const auto diff =
        DiffTrees(tree, tree, static_cast<std::int64_t>(random.Below(20)));
    ASSERT_TRUE(diff.ok());
    for (const DiffNode& node : diff->nodes) {
      EXPECT_EQ(node.left_self, node.right_self);
      EXPECT_EQ(node.left_total, node.right_total);
    }
  }
}

TEST(DiffProperty, TotalsAreSelfAndTheTotalsBelow) {
  SplitMix64 random(2);
  for (int i = 0; i < 200; ++i) {
    const StackTree left = RandomTree(random, kNames);
    const StackTree right = RandomTree(random, kNames);
    const auto diff =
        DiffTrees(left, right, static_cast<std::int64_t>(random.Below(20)));
    ASSERT_TRUE(diff.ok());
    EXPECT_EQ(diff->nodes[0].left_total, left.total());
    EXPECT_EQ(diff->nodes[0].right_total, right.total());
    std::vector<DiffNode> rest = diff->nodes;
    for (std::size_t node = rest.size() - 1; node > 0; --node) {
      DiffNode& parent = rest[rest[node].parent];
      ASSERT_LT(rest[node].parent, node);
      parent.left_total -= diff->nodes[node].left_total;
      parent.right_total -= diff->nodes[node].right_total;
    }
    for (const DiffNode& node : rest) {
      EXPECT_EQ(node.left_total, node.left_self);
      EXPECT_EQ(node.right_total, node.right_self);
    }
  }
}

TEST(DiffProperty, SwappedSidesAreSwapped) {
  SplitMix64 random(3);
  for (int i = 0; i < 200; ++i) {
    const StackTree left = RandomTree(random, kNames);
    const StackTree right = RandomTree(random, kNames);
    const auto max_nodes = static_cast<std::int64_t>(random.Below(20));
    auto diff = DiffTrees(left, right, max_nodes);
    ASSERT_TRUE(diff.ok());
    for (DiffNode& node : diff->nodes) {
      std::swap(node.left_self, node.right_self);
      std::swap(node.left_total, node.right_total);
    }
    EXPECT_EQ(test::ToText(*DiffTrees(right, left, max_nodes)),
              test::ToText(*diff));
  }
}

}  // namespace
}  // namespace pmcp::profile
