#include "tests/parity/tally.h"

#include <fmt/core.h>

namespace pmcp::parity {

std::string Describe(Fault fault) {
  switch (fault) {
    case Fault::kRecursion:
      return "a recursive function is counted once for each of its calls";
    case Fault::kRoot:
      return "the root of the tree is listed as a function";
    case Fault::kOther:
      return "truncated parts are dropped and not reported";
    case Fault::kTies:
      return "equal lines are sorted and cut in random order";
    case Fault::kTab:
      return "a tab inside a name breaks the columns";
    case Fault::kPreWindow:
      return "values before the window are counted";
  }
  return "";
}

int KindTally::cells() const {
  int all = equal;
  for (const auto& [fault, cells] : changed) all += cells;
  return all;
}

void Tally::Begin(const std::string& kind, const std::string& name) {
  kind_ = kind;
  name_ = name;
  ++now().tables;
}

void Tally::Wrong(const std::string& what) {
  wrong_.push_back(fmt::format("{}.{}: {}", name_, kind_, what));
}

void Tally::Compare(const std::string& what, const std::string& recorded,
                    const std::string& ours) {
  if (recorded == ours) {
    Equal();
  } else {
    Wrong(
        fmt::format("{}: recorded \"{}\", ours \"{}\"", what, recorded, ours));
  }
}

}  // namespace pmcp::parity
