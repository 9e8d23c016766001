#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "tests/oracle/recorded_tree.h"
#include "tests/parity/asked.h"
#include "tests/parity/compare.h"
#include "tests/parity/measured.h"
#include "tests/parity/text_table.h"
#include "tests/support/tool_caller.h"

namespace pmcp::parity {
namespace {

using nlohmann::json;
using profile::NodeId;
using profile::StackTree;

using Cells = std::vector<std::string>;
constexpr int kMostFunctions = 500;

/// The package's sum, which counts recursion repeatedly.
struct Sums {
  std::map<std::string, std::int64_t> totals;  // by name, without the root
  std::int64_t root = 0;
};

Sums SumsOf(const StackTree& tree) {
  Sums sums{.totals = {}, .root = tree.total()};
  for (NodeId node = 1; node < tree.size(); ++node) {
    sums.totals[std::string(tree.names()[tree.name(node)])] += tree.total(node);
  }
  return sums;
}

std::vector<std::pair<Cells, std::int64_t>> StacksOf(const StackTree& tree) {
  std::vector<std::pair<Cells, std::int64_t>> stacks;
  for (NodeId node = 1; node < tree.size(); ++node) {
    if (tree.self(node) == 0) continue;
    Cells frames;
    for (NodeId at = node; at != StackTree::kRoot; at = tree.parent(at)) {
      frames.emplace_back(tree.names()[tree.name(at)]);
    }
    std::ranges::reverse(frames);
    stacks.emplace_back(std::move(frames), tree.self(node));
  }
  return stacks;
}

/// Collapses runs of spaces and tabs to one space.
std::string Squeezed(std::string_view text) {
  std::string squeezed;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t';
    if (space && !squeezed.empty() && squeezed.back() == ' ') continue;
    squeezed.push_back(space ? ' ' : c);
  }
  return squeezed;
}

/// Converts nanoseconds to the unit of a profile type; recorded values have no
/// unit.
double FactorOf(const oracle::Question& question) {
  const auto type = profile::ProfileType::Parse(
      question.request.at("profileTypeID").get<std::string>());
  return type->sample_unit == "microseconds" ? 1e3 : 1;
}

class FunctionComparison {
 public:
  FunctionComparison(const StackTree& tree, TextTable ours, double factor,
                     Tally& tally)
      : sums_(SumsOf(tree)),
        ours_(std::move(ours)),
        factor_(factor),
        tally_(tally) {
    for (std::size_t row = 0; row < ours_.rows.size(); ++row) {
      const std::string& name = ours_.rows[row].back();
      by_name_[name] = row;
      by_squeezed_name_[Squeezed(name)] = row;
    }
  }

  void Compare(const TextTable& recorded) {
    std::int64_t smallest = sums_.root;
    for (const Cells& row : recorded.rows) {
      CompareRow(row);
      smallest =
          std::min(smallest,
                   static_cast<std::int64_t>(ParseRecordedValue(row[1]).value));
    }
    // It should have been among the largest.
    const auto other = by_name_.find("other");
    if (other != by_name_.end() &&
        InRecordedUnit(Our(other->second, "SELF")).value >
            static_cast<double>(smallest)) {
      tally_.Changed(Fault::kOther);
    }
  }

 private:
  const std::string& Our(std::size_t row, std::string_view column) const {
    return ours_.rows[row][ours_.ColumnOf(column)];
  }

  void CompareRow(const Cells& recorded) {
    const std::string& name = recorded[0];
    if (const auto found = by_name_.find(name); found != by_name_.end()) {
      tally_.Equal();
      CompareNumbers(name, recorded, found->second);
    } else if (name == "total" && IsRoot(recorded)) {
      tally_.Changed(Fault::kRoot, 4);
    } else if (const auto near = by_squeezed_name_.find(Squeezed(name));
               near != by_squeezed_name_.end()) {
      tally_.Changed(Fault::kTab);
      CompareNumbers(ours_.rows[near->second].back(), recorded, near->second);
    } else if (IsTieAtTheCut(recorded)) {
      tally_.Changed(Fault::kTies, 4);
    } else {
      tally_.Wrong("no function " + name);
    }
  }

  void CompareNumbers(const std::string& name, const Cells& recorded,
                      std::size_t row) {
    CompareValue(name + " SELF", recorded[1], InRecordedUnit(Our(row, "SELF")));
    CompareValue(name + " PERCENTAGE", recorded[3],
                 ParseAnswerValue(Our(row, "SELF%")));
    CompareTotal(name, recorded[2], Our(row, "TOTAL"));
  }

  void CompareValue(const std::string& what, const std::string& recorded,
                    const Measured& ours) {
    if (Agree(ParseRecordedValue(recorded), ours)) {
      tally_.Equal();
    } else {
      tally_.Wrong(
          fmt::format("{}: recorded {}, ours {}", what, recorded, ours.value));
    }
  }

  Measured InRecordedUnit(const std::string& ours) const {
    const Measured value = ParseAnswerValue(ours);
    return {value.value / factor_, value.rounding / factor_};
  }

  /// The difference must be exactly the error of the package's sum.
  void CompareTotal(const std::string& name, const std::string& recorded,
                    const std::string& ours) {
    const Measured theirs = ParseRecordedValue(recorded);
    if (Agree(theirs, InRecordedUnit(ours))) {
      tally_.Equal();
      return;
    }
    const auto added = sums_.totals.find(name);
    const std::int64_t sum = added == sums_.totals.end() ? 0 : added->second;
    if (Agree(theirs, {static_cast<double>(sum), 0})) {
      tally_.Changed(Fault::kRecursion);
    } else if (name == "total" &&
               Agree(theirs, {static_cast<double>(sum + sums_.root), 0})) {
      tally_.Changed(Fault::kRoot);
    } else {
      tally_.Wrong(name + " TOTAL: " + recorded + ", ours " + ours);
    }
  }

  bool IsRoot(const Cells& recorded) const {
    return ParseRecordedValue(recorded[1]).value == 0 &&
           Agree(ParseRecordedValue(recorded[2]),
                 {static_cast<double>(sums_.root), 0});
  }

  bool IsTieAtTheCut(const Cells& recorded) const {
    return ours_.rows.size() == kMostFunctions &&
           Agree(ParseRecordedValue(recorded[1]),
                 InRecordedUnit(Our(ours_.rows.size() - 1, "SELF")));
  }

  const Sums sums_;
  const TextTable ours_;
  const double factor_;
  std::map<std::string, std::size_t> by_name_;
  std::map<std::string, std::size_t> by_squeezed_name_;
  Tally& tally_;
};

}  // namespace

void CompareFunctions(const Recorded& recorded, Tally& tally) {
  const auto tree =
      oracle::DecodeFlamegraph(recorded.question.response.at("flamegraph"));
  if (!tree.ok()) {
    tally.Wrong(tree.error().message);
    return;
  }
  test::ToolCaller caller;
  caller.source().stacks = StacksOf(*tree);
  json arguments = ProfileArguments(recorded.question);
  arguments["limit"] = kMostFunctions;
  const auto answer = caller.Call("query_flamegraph", arguments);
  FunctionComparison(*tree, ParseAnswer(answer.text),
                     FactorOf(recorded.question), tally)
      .Compare(ParseRecorded(recorded.table));
}

}  // namespace pmcp::parity
