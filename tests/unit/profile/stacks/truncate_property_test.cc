// Properties of truncated trees, checked with random trees.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

#include "profile/stacks/truncate.h"
#include "tests/support/collapsed.h"
#include "tests/support/random_tree.h"

namespace pmcp::profile {
namespace {

using test::RandomTree;
using test::SplitMix64;
using test::ToText;

constexpr std::string_view kNames[] = {"a", "b", "c", "d", ""};
constexpr std::string_view kNamesWithOther[] = {"a", "b", "other", "z"};
constexpr std::int64_t kMaxNodes[] = {0, 1, 2, 3, 5, 8, 13, 50};
constexpr int kTrees = 300;

using Truncate = StackTree (*)(const StackTree&, std::int64_t);
constexpr Truncate kStages[] = {TruncateStored, TruncateSent, TruncateDrawn};

std::int64_t BruteForceThreshold(const StackTree& tree, std::size_t max_nodes) {
  std::vector<std::int64_t> totals;
  for (NodeId node = 1; node < tree.size(); ++node) {
    totals.push_back(tree.total(node));
  }
  if (max_nodes == 0 || totals.size() <= max_nodes) return 0;
  std::ranges::sort(totals, std::greater());
  return totals[max_nodes - 1];
}

std::size_t CutLeaves(const StackTree& tree) {
  std::size_t count = 0;
  for (NodeId node = 1; node < tree.size(); ++node) {
    if (tree.names()[tree.name(node)] == kCutName) ++count;
  }
  return count;
}

TEST(TruncateProperty, ThresholdIsTheTotalOfThatRank) {
  SplitMix64 random(1);
  for (int i = 0; i < kTrees; ++i) {
    const StackTree tree = RandomTree(random, kNames);
    for (const std::int64_t max_nodes : kMaxNodes) {
      EXPECT_EQ(TruncationThreshold(tree, max_nodes),
                BruteForceThreshold(tree, max_nodes));
    }
  }
}

TEST(TruncateProperty, TheTotalStays) {
  SplitMix64 random(2);
  for (int i = 0; i < kTrees; ++i) {
    const StackTree tree = RandomTree(random, kNames);
    for (const std::int64_t max_nodes : kMaxNodes) {
      for (const Truncate stage : kStages) {
        EXPECT_EQ(stage(tree, max_nodes).total(), tree.total());
      }
    }
  }
}

// Two of the stages merge functions called "other" with cut nodes without
// losing values.
TEST(TruncateProperty, TheTotalStaysWithARealOtherWhenSentOrDrawn) {
  SplitMix64 random(3);
  for (int i = 0; i < kTrees; ++i) {
    const StackTree tree = RandomTree(random, kNamesWithOther);
    for (const std::int64_t max_nodes : kMaxNodes) {
      EXPECT_EQ(TruncateSent(tree, max_nodes).total(), tree.total());
      EXPECT_EQ(TruncateDrawn(tree, max_nodes).total(), tree.total());
    }
  }
}

TEST(TruncateProperty, NoTreeGrows) {
  SplitMix64 random(4);
  for (int i = 0; i < kTrees; ++i) {
    const StackTree tree = RandomTree(random, kNamesWithOther);
    for (const std::int64_t max_nodes : kMaxNodes) {
      for (const Truncate stage : kStages) {
        EXPECT_LE(stage(tree, max_nodes).size(), tree.size());
      }
    }
  }
}

// Ties are all kept, so they are counted here.
TEST(TruncateProperty, WhatStaysIsWhatReachesTheThreshold) {
  SplitMix64 random(5);
  for (int i = 0; i < kTrees; ++i) {
    const StackTree tree = RandomTree(random, kNames);
    for (const std::int64_t max_nodes : kMaxNodes) {
      const std::int64_t threshold = TruncationThreshold(tree, max_nodes);
      std::size_t reach = 0;
      for (NodeId node = 1; node < tree.size(); ++node) {
        if (tree.total(node) >= threshold) ++reach;
      }
      const StackTree truncated = TruncateStored(tree, max_nodes);
      EXPECT_EQ(truncated.size() - 1 - CutLeaves(truncated), reach);
    }
  }
}

TEST(TruncateProperty, DrawingTwiceIsDrawingOnce) {
  SplitMix64 random(6);
  for (int i = 0; i < kTrees; ++i) {
    const StackTree once = TruncateDrawn(RandomTree(random, kNames), 0);
    EXPECT_EQ(ToText(TruncateDrawn(once, 0)), ToText(once));
  }
}

}  // namespace
}  // namespace pmcp::profile
