#include "profile/stacks/stack_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"
#include "tests/support/random.h"

namespace pmcp::profile {
namespace {

using test::Dedent;
using test::ToText;
using test::TreeFromCollapsed;

TEST(StackTree, MergesStacksByTheirCallers) {
  const StackTree tree = TreeFromCollapsed(R"(
      main;serve;json 30
      main;serve      10
      main;gc          5
      main;serve;json  1
  )");
  EXPECT_EQ(ToText(tree), Dedent(R"(
      main 0 46
        gc 5 5
        serve 10 41
          json 31 31
  )"));
  EXPECT_EQ(tree.total(), 46);
  EXPECT_EQ(tree.size(), 5u);
}

TEST(StackTree, SumsTotalsOfATreeThatCameWhole) {
  StackTree tree;
  const NodeId main = tree.Child(StackTree::kRoot, tree.names().Intern("main"));
  const NodeId serve = tree.Child(main, tree.names().Intern("serve"));
  tree.AddOwnSelf(serve, 3);
  tree.AddOwnSelf(main, 1);
  tree.AddOwnSelf(serve, 4);
  tree.SumTotals();
  EXPECT_EQ(ToText(tree), "main 1 8\n  serve 7 7\n");
  EXPECT_EQ(tree.total(), 8);
}

TEST(StackTree, FindsWhatWasAppended) {
  StackTree tree;
  std::vector<NodeId> appended;
  NodeId parent = StackTree::kRoot;
  for (int i = 0; i < 200; ++i) {
    const StringId name = tree.names().Intern("f" + std::to_string(i % 7));
    appended.push_back(tree.Append(i % 3 == 0 ? StackTree::kRoot : parent,
                                   tree.names().Append(std::to_string(i))));
    // Some through Append, so that the index is incomplete in between.
    if (i % 50 == 0) parent = tree.Child(parent, name);
  }
  const std::size_t size = tree.size();
  for (const NodeId node : appended) {
    EXPECT_EQ(tree.Child(tree.parent(node), tree.name(node)), node);
  }
  EXPECT_EQ(tree.size(), size);
}

TEST(StackTree, SortsChildrenByBytes) {
  EXPECT_EQ(ToText(TreeFromCollapsed("b 1\na 1\né 1\nB 1\na;x 1\n")), Dedent(R"(
      B 1 1
      a 1 2
        x 1 1
      b 1 1
      é 1 1
  )"));
}

TEST(StackTree, KeepsRecursionApart) {
  EXPECT_EQ(ToText(TreeFromCollapsed("f;f;f 1\nf 2\n")), Dedent(R"(
      f 2 3
        f 0 1
          f 1 1
  )"));
}

TEST(StackTree, HasNoNameForItsRoot) {
  const StackTree tree = TreeFromCollapsed("total;other 3\nother 1\n");
  EXPECT_EQ(ToText(tree), Dedent(R"(
      other 1 1
      total 0 3
        other 3 3
  )"));
}

TEST(StackTree, IgnoresStacksWithoutFrames) {
  StackTree tree;
  tree.AddStack({}, 7);
  EXPECT_EQ(tree.total(), 0);
  EXPECT_EQ(tree.size(), 1u);
}

TEST(StackTree, AddsSelfOnTheWholeWayUp) {
  StackTree tree;
  const NodeId a = tree.Child(StackTree::kRoot, tree.names().Intern("a"));
  const NodeId b = tree.Child(a, tree.names().Intern("b"));
  EXPECT_EQ(tree.Child(a, tree.names().Intern("b")), b);
  tree.AddSelf(b, 3);
  tree.AddSelf(a, 1);
  EXPECT_EQ(ToText(tree), "a 1 4\n  b 3 3\n");
  EXPECT_EQ(tree.parent(b), a);
}

TEST(StackTree, WrapsAroundPast63BitsAsGoDoes) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  StackTree tree;
  const StringId a = tree.names().Intern("a");
  tree.AddStack(std::vector{a}, kMax);
  tree.AddStack(std::vector{a}, 2);
  EXPECT_EQ(tree.total(), std::numeric_limits<std::int64_t>::min() + 1);
}

std::vector<std::string> RandomStacks(std::uint64_t seed) {
  test::SplitMix64 random(seed);
  std::vector<std::string> stacks(50);
  for (std::string& stack : stacks) {
    stack = std::string(1, static_cast<char>('a' + random.Below(3)));
    for (std::size_t depth = random.Below(6); depth > 0; --depth) {
      stack += ";";
      stack += static_cast<char>('a' + random.Below(4));
    }
    stack += " " + std::to_string(1 + random.Below(100)) + "\n";
  }
  return stacks;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

TEST(StackTree, IsTheSameInWhateverOrderStacksCome) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::vector<std::string> stacks = RandomStacks(seed);
    const std::string tree = ToText(TreeFromCollapsed(Joined(stacks)));
    test::SplitMix64 random(seed);
    for (std::size_t i = stacks.size() - 1; i > 0; --i) {
      std::swap(stacks[i], stacks[random.Below(i + 1)]);
    }
    EXPECT_EQ(ToText(TreeFromCollapsed(Joined(stacks))), tree);
  }
}

TEST(StackTree, HasInEveryNodeWhatItsChildrenHave) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const StackTree tree = TreeFromCollapsed(Joined(RandomStacks(seed)));
    for (NodeId node = 0; node < tree.size(); ++node) {
      std::int64_t sum = tree.self(node);
      for (const NodeId child : tree.ChildrenByName(node)) {
        EXPECT_EQ(tree.parent(child), node);
        EXPECT_LT(node, child);
        sum += tree.total(child);
      }
      EXPECT_EQ(tree.total(node), sum);
    }
  }
}

}  // namespace
}  // namespace pmcp::profile
