#include "pyroscope/wire/wire_tree.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <protozero/pbf_reader.hpp>
#include <protozero/varint.hpp>
#include <string>
#include <utility>
#include <vector>

#include "profile/words/wrapping_add.h"
#include "pyroscope/wire/wire_reader.h"

namespace pmcp::pyroscope {
namespace {

using profile::NodeId;
using profile::StackTree;
using profile::StringId;
using profile::WrappingAdd;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

// A hash table from names to string ids. A large tree repeats a few names a
// hundred thousand times, and looking them up dominates decoding, so a slot
// stores the hash too and most comparisons of text are avoided.
class NameIndex {
 public:
  explicit NameIndex(profile::StringTable& names)
      : names_(names), slots_(kFirstSlots) {}

  StringId IdOf(std::string_view name) {
    const std::size_t hash = std::hash<std::string_view>{}(name);
    std::size_t at = FreeOr(hash, name);
    if (slots_[at].id_plus_one != 0) return slots_[at].id_plus_one - 1;
    if (2 * (names_.size() + 1) > slots_.size()) {
      Grow();
      at = FreeOr(hash, name);
    }
    const StringId id = names_.Append(name);
    slots_[at] = {static_cast<std::uint32_t>(hash), id + 1};
    return id;
  }

 private:
  static constexpr std::size_t kFirstSlots = 1024;
  struct Slot {
    std::uint32_t hash = 0;
    StringId id_plus_one = 0;  // 0: free
  };

  /// The slot of the name, or the free slot where it belongs.
  std::size_t FreeOr(std::size_t hash, std::string_view name) const {
    const auto tag = static_cast<std::uint32_t>(hash);
    std::size_t at = tag & (slots_.size() - 1);
    while (slots_[at].id_plus_one != 0 &&
           (slots_[at].hash != tag ||
            names_[slots_[at].id_plus_one - 1] != name)) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  void Grow() {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.id_plus_one == 0) continue;
      std::size_t at = slot.hash & (slots_.size() - 1);
      while (slots_[at].id_plus_one != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  profile::StringTable& names_;
  std::vector<Slot>
      slots_;  // the size is a power of two; at least half are free
};

// Nodes in pre-order, the last child first, starting with an unnamed root. A
// node is: length of the name, name, self, number of children.
//
//   00 00 01           root, self 0, 1 child
//   04 "main" 01 02    main, self 1, 2 children
//   01 "b" 01 00       b, self 1
//   01 "a" 03 00       a, self 3
class TreeReader {
 public:
  TreeReader(std::string_view bytes, WireReader& reader)
      : next_(bytes.data()), end_(next_ + bytes.size()), reader_(reader) {}

  StackTree Read() {
    // Only an estimate for the reservation.
    constexpr std::size_t kUsualNodeBytes = 40;
    tree_.Reserve(
        std::min(static_cast<std::size_t>(end_ - next_) / kUsualNodeBytes,
                 reader_.limits().tree_nodes));
    ReadNodes();
    if (next_ != end_) reader_.Fail("tree", "is followed by other bytes");
    tree_.SumTotals();
    return std::move(tree_);
  }

 private:
  struct Parent {
    NodeId node = StackTree::kRoot;
    std::uint64_t children_left = 0;
    std::string_view last_child = {};  // points into the answer
    bool has_child = false;
    bool is_sorted = true;
  };

  void ReadNodes() {
    Name();  // of the root, not used
    AddNode(StackTree::kRoot, true);
    while (!parents_.empty() && !reader_.error()) {
      Parent& parent = parents_.back();
      if (parent.children_left == 0) {
        parents_.pop_back();
        continue;
      }
      --parent.children_left;
      AddChild(parent);
      CheckSize();
    }
  }

  /// While siblings are sorted by name, as servers do, no two can have the same
  /// name and the child is appended. Otherwise an existing child is looked up.
  void AddChild(Parent& parent) {
    const std::string_view name = Name();
    const StringId id = names_.IdOf(name);
    if (parent.has_child && name >= parent.last_child) parent.is_sorted = false;
    parent.has_child = true;
    parent.last_child = name;
    const std::size_t size = tree_.size();
    const NodeId child = parent.is_sorted ? tree_.Append(parent.node, id)
                                          : tree_.Child(parent.node, id);
    AddNode(child, tree_.size() > size);
  }

  void AddNode(NodeId node, bool is_new) {
    tree_.AddOwnSelf(node, static_cast<std::int64_t>(Number()));
    const std::uint64_t children = Number();
    if (children == 0) return;
    // An existing node may already have children with the same names.
    parents_.push_back(
        {.node = node, .children_left = children, .is_sorted = is_new});
  }

  void CheckSize() {
    const WireLimits& limits = reader_.limits();
    if (tree_.size() > limits.tree_nodes ||
        parents_.size() > limits.tree_depth) {
      reader_.FailTooLarge();
    }
  }

  std::uint64_t Number() { return protozero::decode_varint(&next_, end_); }

  std::string_view Name() {
    const std::uint64_t size = Number();
    if (size > static_cast<std::uint64_t>(end_ - next_)) {
      reader_.Fail("tree", "is cut short");
      return {};
    }
    const std::string_view name(next_, size);
    next_ += size;
    return name;
  }

  const char* next_;
  const char* const end_;
  WireReader& reader_;
  StackTree tree_;
  NameIndex names_{tree_.names()};
  std::vector<Parent> parents_;
};

// A node of the previous level, with the interval that it covers.
struct Placed {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  NodeId node = StackTree::kRoot;
};

// Levels from the root down, each a list of nodes from left to right as
// [offset, total, self, name]*. The offset is relative to the end of the
// previous node of the level. The parent of a node is the node of the level
// above that covers it.
//
//   names   total main b a
//   levels  0 5 0 0 | 0 5 1 1 | 1 3 3 3  0 1 1 2
class FlamegraphReader {
 public:
  explicit FlamegraphReader(WireReader& reader) : reader_(reader) {}

  StackTree Read(pbf_reader message) {
    while (reader_.Next(message)) {
      switch (message.tag()) {
        case 1:
          if (!reader_.Charge(sizeof(StringId))) break;
          names_.push_back(
              tree_.names().Intern(reader_.Bytes(message, "flamegraph.names")));
          break;
        case 2:
          if (!reader_.Charge(sizeof(pbf_reader))) break;
          levels_.push_back(reader_.Message(message, kLevels));
          break;
        default:
          message.skip();
      }
    }
    ReadLevels();
    tree_.SumTotals();
    return std::move(tree_);
  }

 private:
  static constexpr std::string_view kLevels = "flamegraph.levels";

  // Called last: the names may follow the levels.
  void ReadLevels() {
    if (levels_.size() > reader_.limits().tree_depth) reader_.FailTooLarge();
    std::vector<Placed> above;
    for (pbf_reader& level : levels_) {
      if (reader_.error()) return;
      ReadValues(level);
      if (values_.size() % 4 != 0) {
        reader_.Fail(kLevels, "has a node that is not four numbers");
        return;
      }
      above = above.empty() ? PlaceRoot() : PlaceUnder(above);
    }
  }

  void ReadValues(pbf_reader level) {
    values_.clear();
    while (reader_.Next(level)) {
      if (level.tag() != 1) {
        level.skip();
      } else if (level.wire_type() != pbf_wire_type::length_delimited) {
        values_.push_back(reader_.Signed(level, kLevels));
      } else {
        for (const std::int64_t value : level.get_packed_int64()) {
          values_.push_back(value);
        }
      }
    }
  }

  std::vector<Placed> PlaceRoot() {
    if (values_.size() != 4) {
      reader_.Fail(kLevels, "does not begin with one root");
      return {};
    }
    tree_.AddOwnSelf(StackTree::kRoot, values_[2]);
    return {{values_[0], WrappingAdd(values_[0], values_[1])}};
  }

  std::vector<Placed> PlaceUnder(const std::vector<Placed>& above) {
    std::vector<Placed> placed;
    auto parent = above.begin();
    std::int64_t end = 0;
    for (std::size_t i = 0; i < values_.size(); i += 4) {
      const std::int64_t begin = WrappingAdd(values_[i], end);
      end = WrappingAdd(begin, values_[i + 1]);
      while (parent != above.end() && begin >= parent->end) ++parent;
      if (parent == above.end() || begin < parent->begin) {
        reader_.Fail(kLevels, "has a node without a parent");
        return {};
      }
      const NodeId node = AddNode(parent->node, values_[i + 3]);
      tree_.AddOwnSelf(node, values_[i + 2]);
      placed.push_back({begin, end, node});
      if (reader_.error()) return {};
    }
    return placed;
  }

  NodeId AddNode(NodeId parent, std::int64_t name) {
    if (!std::in_range<std::size_t>(name) ||
        static_cast<std::size_t>(name) >= names_.size()) {
      reader_.Fail(kLevels, "names a function that does not exist");
      return StackTree::kRoot;
    }
    const NodeId node =
        tree_.Child(parent, names_[static_cast<std::size_t>(name)]);
    if (tree_.size() > reader_.limits().tree_nodes) reader_.FailTooLarge();
    return node;
  }

  WireReader& reader_;
  StackTree tree_;
  std::vector<StringId> names_;
  std::vector<pbf_reader> levels_;
  std::vector<std::int64_t> values_;
};

}  // namespace

StackTree ReadTree(std::string_view bytes, WireReader& reader) {
  if (bytes.size() < 2) return {};
  return TreeReader(bytes, reader).Read();
}

StackTree ReadFlamegraph(pbf_reader message, WireReader& reader) {
  return FlamegraphReader(reader).Read(message);
}

}  // namespace pmcp::pyroscope
