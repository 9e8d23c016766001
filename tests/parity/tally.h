// Tally: how many cells of the recorded tables are found in our answers, and
// which faults of the recorded ones explain the others.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace pmcp::parity {

/// What is known to be wrong in the recorded tables.
enum class Fault {
  kRecursion,  // totals of recursive functions are counted more than once
  kRoot,       // the root is listed as a function called "total"
  kOther,      // what was truncated is left out without a word
  kTies,       // equal rows come, and are cut, in a random order
  kTab,        // a tab inside a name breaks the columns
  kPreWindow,  // what lies before the window is counted
};
inline constexpr std::size_t kFaultCount = 6;
/// As a sentence.
std::string Describe(Fault fault);

/// One kind of table, such as "top".
struct KindTally {
  int tables = 0;
  int equal = 0;
  std::map<Fault, int> changed;

  int cells() const;
};

class Tally {
 public:
  /// Counts a table; the calls below are about it until the next one.
  void Begin(const std::string& kind, const std::string& name);

  void Equal() { ++now().equal; }
  void Changed(Fault fault, int cells = 1) { now().changed[fault] += cells; }
  /// A difference that nothing explains.
  void Wrong(const std::string& what);
  /// Equal, or Wrong with both texts.
  void Compare(const std::string& what, const std::string& recorded,
               const std::string& ours);

  const std::map<std::string, KindTally>& kinds() const { return kinds_; }
  const std::vector<std::string>& wrong() const { return wrong_; }

 private:
  KindTally& now() { return kinds_[kind_]; }

  std::map<std::string, KindTally> kinds_;
  std::string kind_;
  std::string name_;
  std::vector<std::string> wrong_;
};

}  // namespace pmcp::parity
