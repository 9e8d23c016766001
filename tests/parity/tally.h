// Tally: counts the cells of the recorded tables that are in our answers, and
// the known faults of the recorded tables that explain the others.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace pmcp::parity {

/// The known faults of the recorded tables.
enum class Fault {
  kRecursion,  // totals of recursive functions are counted more than once
  kRoot,       // the root is listed as a function called "total"
  kOther,      // the truncated part is omitted without a note
  kTies,       // equal rows come, and are cut, in a random order
  kTab,        // a tab inside a name breaks the columns
  kPreWindow,  // what lies before the window is counted
};
inline constexpr std::size_t kFaultCount = 6;
/// The fault as a sentence.
std::string Describe(Fault fault);

/// The counts of one kind of table, such as "top".
struct KindTally {
  int tables = 0;
  int equal = 0;
  std::map<Fault, int> changed;

  int cells() const;
};

class Tally {
 public:
  /// Starts a table; the calls below refer to it.
  void Begin(const std::string& kind, const std::string& name);

  void Equal() { ++now().equal; }
  void Changed(Fault fault, int cells = 1) { now().changed[fault] += cells; }
  /// A difference without an explanation.
  void Wrong(const std::string& what);
  /// Calls Equal, or Wrong with both texts.
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
