#include "pyroscope/wire/wire_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pyroscope/wire/wire_reader.h"
#include "pyroscope/wire/wire_stacks.h"
#include "tests/support/collapsed.h"
#include "tests/support/dedent.h"
#include "tests/support/wire_writer.h"

namespace pmcp::pyroscope {
namespace {

using test::Dedent;
using test::ToText;
using test::WireWriter;

Result<profile::StackTree> DecodeTree(const std::string& bytes,
                                      const WireLimits& limits = {}) {
  return DecodeStacktraces("Stacks", WireWriter().Bytes(2, bytes).bytes(),
                           limits);
}

std::string Node(std::string_view name, std::uint64_t self,
                 std::uint64_t children) {
  return WireWriter().Varint(name.size()).bytes() + std::string(name) +
         WireWriter().Varint(self).Varint(children).bytes();
}

WireWriter Level(const std::vector<std::int64_t>& values) {
  WireWriter packed;
  for (const auto value : values) {
    packed.Varint(static_cast<std::uint64_t>(value));
  }
  return WireWriter().Message(1, packed);
}

WireWriter Flamegraph(const std::vector<std::string>& names,
                      const std::vector<std::vector<std::int64_t>>& levels) {
  WireWriter graph;
  for (const auto& level : levels) graph.Message(2, Level(level));
  for (const auto& name : names) graph.Bytes(1, name);
  return WireWriter().Message(1, graph);
}

constexpr const char* kExample = R"(
    main 1 5
      a 3 3
      b 1 1
)";

TEST(WireTree, ReadsTheExampleOfItsComment) {
  const auto tree = DecodeTree(Node("", 0, 1) + Node("main", 1, 2) +
                               Node("b", 1, 0) + Node("a", 3, 0));
  ASSERT_TRUE(tree.ok()) << tree.error().message;
  EXPECT_EQ(ToText(*tree), Dedent(kExample));
  EXPECT_EQ(tree->total(), 5);
}

TEST(WireTree, AddsUpSiblingsThatNoServerSends) {
  const std::string main =
      Node("main", 1, 2) + Node("b", 2, 1) + Node("c", 3, 0) + Node("a", 4, 0);
  const auto tree = DecodeTree(Node("", 0, 3) + main + main + Node("z", 5, 0));
  ASSERT_TRUE(tree.ok()) << tree.error().message;
  EXPECT_EQ(ToText(*tree), Dedent(R"(
      main 2 20
        a 8 8
        b 4 10
          c 6 6
      z 5 5
  )"));
}

TEST(WireTree, ReadsTheSameFromAFlamegraphWithItsNamesLast) {
  const auto tree = DecodeStacktraces(
      "Stacks",
      Flamegraph({"total", "main", "b", "a"},
                 {{0, 5, 0, 0}, {0, 5, 1, 1}, {1, 3, 3, 3, 0, 1, 1, 2}})
          .bytes());
  ASSERT_TRUE(tree.ok()) << tree.error().message;
  EXPECT_EQ(ToText(*tree), Dedent(kExample));
}

TEST(WireTree, TakesTheTreeWhenBothAreThere) {
  const std::string both =
      Flamegraph({"total", "other"}, {{0, 1, 0, 0}, {0, 1, 1, 1}}).bytes() +
      WireWriter().Bytes(2, Node("", 0, 1) + Node("f", 1, 0)).bytes();
  const auto tree = DecodeStacktraces("Stacks", both);
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(ToText(*tree), "f 1 1\n");
}

TEST(WireTree, NothingIsNoStacks) {
  for (const std::string& empty :
       {std::string(), WireWriter().Bytes(2, "").bytes(),
        Flamegraph({"total"}, {{0, 0, 0, 0}}).bytes()}) {
    const auto tree = DecodeStacktraces("Stacks", empty);
    ASSERT_TRUE(tree.ok());
    EXPECT_EQ(tree->size(), 1u);
  }
}

TEST(WireTree, RefusesTreesThatDoNotEndWhereTheySay) {
  const std::vector<std::string> broken = {
      Node("", 0, 2) + Node("a", 1, 0),                    // a child is missing
      Node("", 0, 1) + Node("a", 1, 0) + Node("b", 1, 0),  // one too many
      Node("", 0, UINT64_MAX),
      Node("", 0, 1) + WireWriter().Varint(UINT64_MAX).bytes(),  // a long name
  };
  for (const auto& message : broken) {
    const auto tree = DecodeTree(message);
    ASSERT_FALSE(tree.ok());
    EXPECT_EQ(tree.error().kind, ErrorKind::kBadResponse);
    EXPECT_NE(tree.error().message.find("the answer of Stacks"),
              std::string::npos);
  }
}

TEST(WireTree, RefusesFlamegraphsThatHangNowhere) {
  const std::vector<WireWriter> broken = {
      Flamegraph({"total"}, {{0, 5, 0}}),
      Flamegraph({"total"}, {{0, 5, 0, 0, 0, 5, 0, 0}}),
      Flamegraph({"total", "f"}, {{0, 5, 0, 0}, {5, 1, 1, 1}}),
      Flamegraph({"total", "f"}, {{0, 5, 0, 0}, {-1, 1, 1, 1}}),
      Flamegraph({"total", "f"}, {{0, 5, 0, 0}, {0, 5, 5, 2}}),
      Flamegraph({"total", "f"}, {{0, 5, 0, 0}, {0, 5, 5, -1}}),
      Flamegraph({"total", "f"}, {{0, 5, 0, 0}, {INT64_MAX, INT64_MAX, 5, 1}}),
  };
  for (const auto& message : broken) {
    const auto tree = DecodeStacktraces("Stacks", message.bytes());
    ASSERT_FALSE(tree.ok());
    EXPECT_EQ(tree.error().kind, ErrorKind::kBadResponse);
  }
}

std::string Chain(std::size_t depth) {
  std::string bytes = Node("", 0, 1);
  for (std::size_t i = 1; i < depth; ++i) bytes += Node("f", 1, 1);
  return bytes + Node("leaf", 1, 0);
}

TEST(WireTree, BoundsTheDepthOfTrees) {
  const std::size_t depth = WireLimits().tree_depth;
  const auto deepest = DecodeTree(Chain(depth));
  ASSERT_TRUE(deepest.ok()) << deepest.error().message;
  EXPECT_EQ(deepest->size(), depth + 1);
  const auto deeper = DecodeTree(Chain(depth + 1));
  ASSERT_FALSE(deeper.ok());
  EXPECT_EQ(deeper.error().kind, ErrorKind::kTooLarge);
}

TEST(WireTree, BoundsTheNodesOfTrees) {
  std::string bytes = Node("", 0, 3);
  for (const char* name : {"a", "b", "c"}) bytes += Node(name, 1, 0);
  EXPECT_TRUE(DecodeTree(bytes, {.tree_nodes = 4}).ok());
  const auto decoded = DecodeTree(bytes, {.tree_nodes = 3});
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.error().kind, ErrorKind::kTooLarge);
}

TEST(WireTree, BoundsFlamegraphs) {
  const std::string message =
      Flamegraph({"total", "f", "g"}, {{0, 5, 0, 0}, {0, 3, 3, 1, 0, 2, 2, 2}})
          .bytes();
  const auto decode = [&](const WireLimits& limits) {
    return DecodeStacktraces("Stacks", message, limits);
  };
  EXPECT_TRUE(decode({.tree_nodes = 3, .tree_depth = 2}).ok());
  EXPECT_FALSE(decode({.tree_nodes = 2, .tree_depth = 2}).ok());
  EXPECT_FALSE(decode({.tree_nodes = 3, .tree_depth = 1}).ok());
}

TEST(WireStacks, TellsAMissingProfileFromAnEmptyOne) {
  const auto missing = DecodePprofAnswer("");
  ASSERT_TRUE(missing.ok());
  EXPECT_FALSE(missing->has_value());
  const auto empty = DecodePprofAnswer(
      WireWriter().Message(5, WireWriter().Bytes(1, "")).bytes());
  ASSERT_TRUE(empty.ok());
  ASSERT_TRUE(empty->has_value());
  EXPECT_EQ((*empty)->samples.size(), 0u);
}

TEST(WireStacks, RefusesWhatIsNoProfile) {
  const auto profile = DecodeMergeProfile("<html>secret</html>");
  ASSERT_FALSE(profile.ok());
  EXPECT_EQ(profile.error().kind, ErrorKind::kBadResponse);
  EXPECT_EQ(profile.error().message.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace pmcp::pyroscope
