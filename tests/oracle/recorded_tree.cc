#include "tests/oracle/recorded_tree.h"

#include <fmt/core.h>

#include <string>
#include <utility>
#include <vector>

#include "base/base64.h"
#include "base/check.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;
using profile::NodeId;
using profile::StackTree;

// A node during the decoding of a flame graph.
struct Placed {
  std::int64_t x = 0;
  std::int64_t total = 0;
  NodeId node = 0;
};

std::vector<std::int64_t> Values(const json& level) {
  std::vector<std::int64_t> values;
  for (const json& value : level.at("values")) {
    values.push_back(std::stoll(value.get<std::string>()));
  }
  return values;
}

Error Wrong(std::string what) {
  return {ErrorKind::kBadResponse, std::move(what), ""};
}

/// The node of the previous level that contains `x`. Nodes are sorted by x.
const Placed* ParentOf(const std::vector<Placed>& above, std::int64_t x) {
  for (const Placed& parent : above) {
    if (parent.x <= x && x < parent.x + parent.total) return &parent;
  }
  return nullptr;
}

Result<void> CheckTotals(const StackTree& tree,
                         const std::vector<Placed>& nodes) {
  for (const Placed& placed : nodes) {
    if (tree.total(placed.node) == placed.total) continue;
    return Wrong(fmt::format("{} has the total {} but its parts add up to {}",
                             tree.names()[tree.name(placed.node)], placed.total,
                             tree.total(placed.node)));
  }
  return {};
}

class TreeReader {
 public:
  explicit TreeReader(std::string bytes) : bytes_(std::move(bytes)) {}

  Result<StackTree> Read() {
    if (bytes_.size() < 2) return std::move(tree_);
    // The parents whose children are not read yet, the next one last.
    std::vector<NodeId> parents = {StackTree::kRoot};
    bool is_root = true;
    while (!parents.empty()) {
      const NodeId parent = parents.back();
      parents.pop_back();
      const std::string name = Text();
      const NodeId node =
          is_root ? parent : tree_.Child(parent, tree_.names().Intern(name));
      is_root = false;
      if (const auto self = Number(); self != 0) {
        tree_.AddSelf(node, static_cast<std::int64_t>(self));
      }
      parents.insert(parents.end(), Number(), node);
    }
    if (at_ != bytes_.size()) return Wrong("bytes follow the tree");
    return std::move(tree_);
  }

 private:
  std::uint64_t Number() {
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
      PMCP_CHECK(at_ < bytes_.size());
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      number |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return number;
    }
  }

  std::string Text() {
    const std::size_t size = Number();
    PMCP_CHECK(at_ + size <= bytes_.size());
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

  const std::string bytes_;
  std::size_t at_ = 0;
  StackTree tree_;
};

}  // namespace

Result<StackTree> DecodeFlamegraph(const json& flamegraph) {
  StackTree tree;
  const auto names = flamegraph.at("names").get<std::vector<std::string>>();
  std::vector<Placed> above;
  std::vector<Placed> all;
  for (const json& level : flamegraph.at("levels")) {
    const std::vector<std::int64_t> values = Values(level);
    std::vector<Placed> placed;
    std::int64_t end = 0;
    for (std::size_t i = 0; i + 3 < values.size(); i += 4) {
      Placed next{values[i] + end, values[i + 1], StackTree::kRoot};
      end = next.x + next.total;
      if (!all.empty()) {
        const Placed* parent = ParentOf(above, next.x);
        if (parent == nullptr) return Wrong("a node has no parent");
        const std::string& name = names.at(values[i + 3]);
        next.node = tree.Child(parent->node, tree.names().Intern(name));
        tree.AddSelf(next.node, values[i + 2]);
      }
      placed.push_back(next);
      all.push_back(next);
    }
    above = std::move(placed);
  }
  PMCP_TRY_VOID(CheckTotals(tree, all));
  return tree;
}

Result<StackTree> DecodeTree(std::string_view base64) {
  auto bytes = DecodeBase64(base64);
  PMCP_CHECK(bytes);
  return TreeReader(*std::move(bytes)).Read();
}

}  // namespace pmcp::oracle
