#include "tools/export/export_formats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/sanitize.h"
#include "profile/words/quantity.h"

namespace pmcp::tools {
namespace {

using profile::NodeId;
using profile::StackTree;

/// The nodes from the first function to `node`.
std::vector<NodeId> PathTo(const StackTree& tree, NodeId node) {
  std::vector<NodeId> path;
  for (; node != StackTree::kRoot; node = tree.parent(node)) {
    path.push_back(node);
  }
  std::ranges::reverse(path);
  return path;
}

std::string NameOf(const StackTree& tree, NodeId node) {
  return Sanitize(tree.names()[tree.name(node)]);
}

/// The nodes with a self value.
std::vector<NodeId> Leaves(const StackTree& tree) {
  std::vector<NodeId> leaves;
  for (NodeId node = 1; node < tree.size(); ++node) {
    if (tree.self(node) != 0) leaves.push_back(node);
  }
  return leaves;
}

std::string_view SpeedscopeUnit(profile::Unit unit) {
  switch (unit) {
    case profile::Unit::kNanoseconds:
      return "nanoseconds";
    case profile::Unit::kMicroseconds:
      return "microseconds";
    case profile::Unit::kMilliseconds:
      return "milliseconds";
    case profile::Unit::kSeconds:
      return "seconds";
    case profile::Unit::kBytes:
      return "bytes";
    case profile::Unit::kCount:
      return "none";
  }
  return "none";
}

/// `text` as a JSON string. The file is written as text, since an
/// nlohmann::json value would need many times the size of the file.
std::string Quoted(std::string_view text) {
  return nlohmann::json(Sanitize(text)).dump();
}

}  // namespace

std::string ToCollapsed(const StackTree& tree) {
  std::vector<std::string> lines;
  for (const NodeId leaf : Leaves(tree)) {
    std::string line;
    for (const NodeId node : PathTo(tree, leaf)) {
      std::string name = NameOf(tree, node);
      std::ranges::replace(name, ';', ':');
      line += fmt::format("{}{}", line.empty() ? "" : ";", name);
    }
    lines.push_back(fmt::format("{} {}\n", line, tree.self(leaf)));
  }
  std::ranges::sort(lines);
  return fmt::format("{}", fmt::join(lines, ""));
}

std::string ToSpeedscope(const StackTree& tree,
                         const profile::ProfileType& type,
                         std::string_view name) {
  // Every name is a frame, also the names that no node uses.
  std::string frames;
  for (profile::StringId id = 0; id < tree.names().size(); ++id) {
    frames += fmt::format("{}{{\"name\":{}}}", frames.empty() ? "" : ",",
                          Quoted(tree.names()[id]));
  }
  std::string samples;
  std::string weights;
  std::int64_t total = 0;
  for (const NodeId leaf : Leaves(tree)) {
    std::vector<profile::StringId> stack;
    for (const NodeId node : PathTo(tree, leaf)) {
      stack.push_back(tree.name(node));
    }
    samples += fmt::format("{}[{}]", samples.empty() ? "" : ",",
                           fmt::join(stack, ","));
    weights += fmt::format("{}{}", weights.empty() ? "" : ",", tree.self(leaf));
    total += tree.self(leaf);
  }
  return fmt::format(
      R"({{"$schema":"https://www.speedscope.app/file-format-schema.json",)"
      R"("name":{0},"exporter":"pyroscope-mcp","activeProfileIndex":0,)"
      R"("shared":{{"frames":[{1}]}},"profiles":[{{"type":"sampled",)"
      R"("name":{0},"unit":"{2}","startValue":0,"endValue":{3},)"
      R"("samples":[{4}],"weights":[{5}]}}]}})"
      "\n",
      Quoted(name), frames, SpeedscopeUnit(profile::UnitOf(type)), total,
      samples, weights);
}

}  // namespace pmcp::tools
