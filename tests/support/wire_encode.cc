#include "tests/support/wire_encode.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "profile/pprof/pprof_encode.h"
#include "tests/support/wire_writer.h"

namespace pmcp::test {
namespace {

using profile::Exemplar;
using profile::NodeId;
using profile::StackTree;

std::uint64_t Unsigned(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

std::uint64_t Ms(TimePointMs time) {
  return Unsigned(time.time_since_epoch().count());
}

std::string DoubleBytes(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  std::string bytes;
  for (int shift = 0; shift < 64; shift += 8) {
    bytes += static_cast<char>(bits >> shift & 0xFF);
  }
  return bytes;
}

WireWriter Label(const profile::Label& label) {
  return WireWriter().Bytes(1, label.name).Bytes(2, label.value);
}

WireWriter EncodeExemplar(const Exemplar& exemplar) {
  WireWriter message;
  message.Number(1, Ms(exemplar.timestamp))
      .Bytes(2, exemplar.profile_id)
      .Bytes(3, exemplar.span_id)
      .Number(4, Unsigned(exemplar.value));
  for (const auto& label : exemplar.labels) message.Message(5, Label(label));
  return message.Bytes(6, exemplar.trace_id);
}

WireWriter EncodePoint(const profile::Point& point) {
  WireWriter message;
  message.Double(1, DoubleBytes(point.value)).Number(2, Ms(point.timestamp));
  for (const auto& exemplar : point.exemplars) {
    message.Message(4, EncodeExemplar(exemplar));
  }
  return message;
}

WireWriter EncodeSlot(const profile::HeatmapSlot& slot) {
  std::string bounds;
  WireWriter counts;
  for (const double bound : slot.lower_bounds) bounds += DoubleBytes(bound);
  for (const auto count : slot.counts) counts.Varint(Unsigned(count));
  WireWriter message;
  message.Number(1, Ms(slot.timestamp)).Bytes(2, bounds).Message(3, counts);
  for (const auto& exemplar : slot.exemplars) {
    message.Message(4, EncodeExemplar(exemplar));
  }
  return message;
}

/// The levels of a flame graph, filled from left to right.
class FlamegraphWriter {
 public:
  explicit FlamegraphWriter(const StackTree& tree) : tree_(tree) {
    Add(StackTree::kRoot, 0, 0);
  }

  std::string Message() const {
    WireWriter graph;
    std::vector<std::string> names(ids_.size());
    for (const auto& [name, id] : ids_) names[id] = name;
    graph.Bytes(1, "total");
    for (const auto& name : names) graph.Bytes(1, name);
    for (const auto& level : levels_) {
      graph.Message(2, WireWriter().Message(1, level.values));
    }
    graph.Number(3, Unsigned(tree_.total()));
    return WireWriter().Message(1, graph).bytes();
  }

 private:
  struct Level {
    WireWriter values;
    std::int64_t end = 0;
  };

  void Add(NodeId node, std::size_t depth, std::int64_t x) {
    if (depth == levels_.size()) levels_.emplace_back();
    Level& level = levels_[depth];
    const bool is_root = node == StackTree::kRoot;
    const std::string name(is_root ? "" : tree_.names()[tree_.name(node)]);
    const std::uint64_t id =
        is_root ? 0 : 1 + ids_.emplace(name, ids_.size()).first->second;
    level.values.Varint(Unsigned(x - level.end))
        .Varint(Unsigned(tree_.total(node)))
        .Varint(Unsigned(tree_.self(node)))
        .Varint(id);
    level.end = x + tree_.total(node);
    x += tree_.self(node);
    for (const NodeId child : tree_.ChildrenByName(node)) {
      Add(child, depth + 1, x);
      x += tree_.total(child);
    }
  }

  const StackTree& tree_;
  std::vector<Level> levels_;
  std::map<std::string, std::size_t> ids_;
};

void WriteTree(const StackTree& tree, NodeId node, std::string& bytes) {
  const bool is_root = node == StackTree::kRoot;
  const std::string_view name =
      is_root ? std::string_view() : tree.names()[tree.name(node)];
  const auto children = tree.ChildrenByName(node);
  bytes += WireWriter().Varint(name.size()).bytes();
  bytes += name;
  bytes += WireWriter()
               .Varint(Unsigned(tree.self(node)))
               .Varint(children.size())
               .bytes();
  for (auto child = children.rbegin(); child != children.rend(); ++child) {
    WriteTree(tree, *child, bytes);
  }
}

}  // namespace

std::string EncodeAnswer(const std::vector<profile::ProfileType>& types) {
  WireWriter answer;
  for (const auto& type : types) {
    answer.Message(1, WireWriter()
                          .Bytes(1, type.Id())
                          .Bytes(2, type.name)
                          .Bytes(4, type.sample_type)
                          .Bytes(5, type.sample_unit)
                          .Bytes(6, type.period_type)
                          .Bytes(7, type.period_unit));
  }
  return answer.bytes();
}

std::string EncodeAnswer(const std::vector<std::string>& names) {
  WireWriter answer;
  for (const auto& name : names) answer.Bytes(1, name);
  return answer.bytes();
}

std::string EncodeAnswer(const std::vector<profile::Labels>& sets) {
  WireWriter answer;
  for (const auto& set : sets) {
    WireWriter labels;
    for (const auto& label : set.all()) labels.Message(1, Label(label));
    answer.Message(2, labels);
  }
  return answer.bytes();
}

std::string EncodeAnswer(const std::vector<profile::Series>& all) {
  WireWriter answer;
  for (const auto& series : all) {
    WireWriter message;
    for (const auto& label : series.labels) message.Message(1, Label(label));
    for (const auto& p : series.points) message.Message(2, EncodePoint(p));
    answer.Message(1, message);
  }
  return answer.bytes();
}

std::string EncodeAnswer(const std::vector<profile::HeatmapSeries>& all) {
  WireWriter answer;
  for (const auto& series : all) {
    WireWriter message;
    for (const auto& label : series.labels) message.Message(1, Label(label));
    for (const auto& slot : series.slots) message.Message(2, EncodeSlot(slot));
    answer.Message(1, message);
  }
  return answer.bytes();
}

std::string EncodeAnswer(const pyroscope::ProfileStats& stats) {
  return WireWriter()
      .Number(1, stats.data_ingested ? 1 : 0)
      .Number(2, Unsigned(stats.oldest_ms))
      .Number(3, Unsigned(stats.newest_ms))
      .bytes();
}

std::string EncodeTree(const StackTree& tree) {
  if (tree.size() == 1) return "";
  std::string bytes;
  WriteTree(tree, StackTree::kRoot, bytes);
  return WireWriter().Bytes(2, bytes).bytes();
}

std::string EncodeFlamegraph(const StackTree& tree) {
  return FlamegraphWriter(tree).Message();
}

std::string EncodePprofAnswer(const profile::Profile& profile) {
  return WireWriter()
      .Message(5, WireWriter().Bytes(1, profile::EncodePprof(profile)))
      .bytes();
}

}  // namespace pmcp::test
